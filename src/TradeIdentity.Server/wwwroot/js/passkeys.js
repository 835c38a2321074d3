// Passkeys: the one thing here that cannot do without a script. A form with data-passkey="get" signs in, one with "create" adds.
"use strict";

(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) {
    return;
  }

  const isCreate = form.dataset.passkey === "create";
  const fault = form.querySelector("[data-fault]");
  let waiting = null;
  let turn = 0;

  const toBytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), letter => letter.charCodeAt(0));
  const toText = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  // Browsers of before 2025 lack parseRequestOptionsFromJSON and toJSON (WebAuthn Level 3 §5.1.8, §5.1.10).
  const read = options => {
    const read = { ...options, challenge: toBytes(options.challenge) };
    const withBytes = list => (list || []).map(item => ({ ...item, id: toBytes(item.id) }));
    if (isCreate) {
      read.user = { ...options.user, id: toBytes(options.user.id) };
      read.excludeCredentials = withBytes(options.excludeCredentials);
    } else {
      read.allowCredentials = withBytes(options.allowCredentials);
    }
    return read;
  };

  const write = credential => {
    const response = { clientDataJSON: toText(credential.response.clientDataJSON) };
    if (isCreate) {
      response.attestationObject = toText(credential.response.attestationObject);
      response.transports = credential.response.getTransports ? credential.response.getTransports() : [];
    } else {
      response.authenticatorData = toText(credential.response.authenticatorData);
      response.signature = toText(credential.response.signature);
      response.userHandle = credential.response.userHandle ? toText(credential.response.userHandle) : undefined;
    }
    return JSON.stringify({
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment || undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    });
  };

  // One question at a time: the server keeps one challenge, and so does the browser.
  const ask = async extra => {
    const mine = ++turn;
    if (waiting) {
      waiting.abort();
    }
    const answer = await fetch(form.dataset.options, {
      method: "POST",
      headers: { "X-Antiforgery": form.elements.antiforgery.value, Accept: "application/json" },
    });
    if (!answer.ok) {
      throw new Error("No options: " + answer.status);
    }
    const publicKey = read(await answer.json());
    if (mine !== turn) {
      throw new Error("Another question came first");
    }
    waiting = new AbortController();
    const request = { publicKey, signal: waiting.signal, ...extra };
    return isCreate ? navigator.credentials.create(request) : navigator.credentials.get(request);
  };

  const send = credential => {
    form.elements.Credential.value = write(credential);
    form.submit();
  };

  form.hidden = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    fault.hidden = true;
    try {
      send(await ask({}));
    } catch {
      // Refused by the person, by the device or by the server: the same next step for all three.
      fault.hidden = false;
    }
  });

  // The keys that the browser knows are offered in the field of the e-mail address, where it can do that.
  const offer = async () => {
    if (!isCreate && PublicKeyCredential.isConditionalMediationAvailable && await PublicKeyCredential.isConditionalMediationAvailable()) {
      send(await ask({ mediation: "conditional" }));
    }
  };
  offer().catch(() => {});
})();
