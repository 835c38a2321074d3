using System.Numerics;

namespace TradeIdentity.Fuzz;

/// <summary>xoshiro256** of Blackman and Vigna: the same seed gives the same inputs on every machine.</summary>
public sealed class Xoshiro
{
    private readonly ulong[] _state = new ulong[4];

    public Xoshiro(ulong seed)
    {
        // splitmix64, as its authors advise for the first state.
        for (var i = 0; i < _state.Length; i++)
        {
            seed += 0x9E3779B97F4A7C15;
            var mixed = (seed ^ seed >> 30) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
            _state[i] = mixed ^ mixed >> 31;
        }
    }

    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_state[1] * 5, 7) * 9;
        var shifted = _state[1] << 17;
        _state[2] ^= _state[0];
        _state[3] ^= _state[1];
        _state[1] ^= _state[2];
        _state[0] ^= _state[3];
        _state[2] ^= shifted;
        _state[3] = BitOperations.RotateLeft(_state[3], 45);
        return result;
    }

    /// <summary>A number from 0 to <paramref name="bound"/> − 1; 0 for a bound of 0.</summary>
    public int Below(int bound) => bound <= 0 ? 0 : (int)(Next() % (ulong)bound);
}
