// A form that a passkey fills: the server says what to sign, the browser signs, the form leaves.
// Hidden until we know that this browser can; without it, the code by e-mail does everything.
const form = document.querySelector("[data-passkey]");
const read = {
  create: globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON,
  get: globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON,
}[form?.dataset.act];

async function sign(event) {
  event.preventDefault();
  const failed = form.querySelector("[data-failed]");
  failed.hidden = true;
  try {
    const answer = await fetch(form.dataset.passkey, { headers: { Accept: "application/json" } });
    const options = (await answer.json()).publicKey;
    const publicKey = read.call(PublicKeyCredential, options);
    const credential = await navigator.credentials[form.dataset.act]({ publicKey });
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

if (form && read) {
  form.hidden = false;
  document.querySelector("[data-without]")?.remove();
  form.addEventListener("submit", sign);
}
