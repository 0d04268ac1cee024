/* Lets the browser answer with a passkey. The form says what is asked (data-question) and sends
   the answer as any form does. Without this script the form stays hidden. */
(function () {
  "use strict";

  var SAID_NO = "The browser did not give an answer. Try again, or use your app.";

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = Array.from(new Uint8Array(buffer), function (n) { return String.fromCharCode(n); });
    return btoa(plain.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function known(list) {
    return (list || []).map(function (one) { return Object.assign({}, one, { id: bytes(one.id) }); });
  }

  function asked(question) {
    var options = Object.assign({}, question, { challenge: bytes(question.challenge) });
    if (question.user) {
      options.user = Object.assign({}, question.user, { id: bytes(question.user.id) });
      options.excludeCredentials = known(question.excludeCredentials);
    } else {
      options.allowCredentials = known(question.allowCredentials);
    }
    return { publicKey: options };
  }

  function told(credential) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (credential.response[name]) { response[name] = text(credential.response[name]); }
    });
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: response,
      clientExtensionResults: credential.getClientExtensionResults()
    });
  }

  function wire(form) {
    var says = form.querySelector("[data-passkey-says]");
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      says.textContent = "Waiting for your browser.";
      var question = asked(JSON.parse(form.dataset.question));
      var answer = form.dataset.passkey === "create"
        ? navigator.credentials.create(question)
        : navigator.credentials.get(question);
      answer.then(function (credential) {
        form.elements.answer.value = told(credential);
        form.submit();
      }, function () {
        says.textContent = SAID_NO;
      });
    });
  }

  if (!window.PublicKeyCredential) { return; }
  document.querySelectorAll("form[data-passkey]").forEach(wire);
  document.querySelectorAll("[data-passkey-without]").forEach(function (words) { words.hidden = true; });
}());
