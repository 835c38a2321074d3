using System.Net;
using System.Text;
using TradeIdentity.Authority.Outbound;

namespace TradeIdentity.Authority.Tests.Outbound;

public sealed class PublicHttpTests
{
    private static readonly IPAddress Public = TlsAnswers.Public;

    private static readonly Uri Address = new("https://client.example/jwks");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("203.0.113.9")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:7f00:1::")]
    [InlineData("2001:db8::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    public async Task What_is_not_public_is_never_connected_to(string address)
    {
        Assert.False(PublicAddresses.Contain(IPAddress.Parse(address)));
        using var http = new PublicHttp(Network([IPAddress.Parse(address)], (_, _) => throw new InvalidOperationException("It connected.")), TimeProvider.System);
        Assert.NotNull((await http.GetAsync(Address, Cancellation)).Refusal);
    }

    [Theory]
    [InlineData("9.9.9.9")]
    [InlineData("172.32.0.1")]
    [InlineData("2620:fe::fe")]
    [InlineData("::ffff:9.9.9.9")]
    public void What_is_public_is(string address) => Assert.True(PublicAddresses.Contain(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_with_one_address_that_is_not_public_is_not_used_at_all()
    {
        using var http = new PublicHttp(Network([Public, IPAddress.Loopback], (_, _) => throw new InvalidOperationException("It connected.")), TimeProvider.System);
        Assert.NotNull((await http.GetAsync(Address, Cancellation)).Refusal);
    }

    [Theory]
    [InlineData("http://client.example/jwks")]
    [InlineData("ftp://client.example/jwks")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:password@client.example/jwks")]
    public async Task Only_https_without_a_user_is_called(string address)
    {
        using var http = new PublicHttp(Network([Public], (_, _) => throw new InvalidOperationException("It connected.")), TimeProvider.System);
        Assert.NotNull((await http.GetAsync(new Uri(address), Cancellation)).Refusal);
    }

    [Fact]
    public async Task The_connection_goes_to_the_address_that_was_checked_and_the_name_is_not_asked_again()
    {
        await using var server = new TlsAnswers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        var asked = 0;
        var connected = new List<IPEndPoint>();
        // The second answer would be this machine.
        var network = server.Network with
        {
            ResolveAsync = (_, _) => Task.FromResult(Interlocked.Increment(ref asked) == 1 ? [Public] : new[] { IPAddress.Loopback }),
            ConnectAsync = (endPoint, cancellationToken) =>
            {
                connected.Add(endPoint);
                return server.ConnectAsync(cancellationToken);
            },
        };
        using var http = new PublicHttp(network, TimeProvider.System);

        var body = (await http.GetAsync(Address, Cancellation)).Match(bytes => Encoding.UTF8.GetString(bytes.Span), refusal => refusal.Code);

        Assert.Equal("{}", body);
        Assert.Equal([new IPEndPoint(Public, 443)], connected);
        Assert.Equal(1, asked);
        Assert.NotNull((await http.GetAsync(new Uri("https://other.example/"), Cancellation)).Refusal);
        Assert.Single(connected);
    }

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 307 Temporary Redirect\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n")]
    [InlineData("not http\r\n\r\n")]
    public async Task Redirects_errors_and_long_bodies_are_refused(string answer)
    {
        await using var server = new TlsAnswers(answer);
        using var http = new PublicHttp(server.Network, TimeProvider.System);
        Assert.Equal("address_unreachable", (await http.GetAsync(Address, Cancellation)).Refusal?.Code);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_body_that_does_not_say_how_long_it_is_is_read_to_its_bound()
    {
        await using var server = new TlsAnswers("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + new string('a', PublicHttp.LongestBody + 1));
        using var http = new PublicHttp(server.Network, TimeProvider.System);
        Assert.NotNull((await http.GetAsync(Address, Cancellation)).Refusal);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_left_after_five_seconds()
    {
        await using var server = new TlsAnswers("");
        using var http = new PublicHttp(server.Network, TimeProvider.System);
        Assert.Equal(TimeSpan.FromSeconds(5), PublicHttp.LongestWait);
        Assert.NotNull((await http.GetAsync(Address, Cancellation)).Refusal);
    }

    private static OutboundNetwork Network(IPAddress[] addresses, Func<IPEndPoint, CancellationToken, ValueTask<Stream>> connect) =>
        new() { ResolveAsync = (_, _) => Task.FromResult(addresses), ConnectAsync = connect };
}
