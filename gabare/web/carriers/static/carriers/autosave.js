// Saves the step while one types. Without it, every button of the form saves.
const form = document.querySelector("form[data-autosave]");
const status = document.getElementById("saved");
const SOON = 1500;
let timer, leaving, sending = false, dirty = false, stopped = false, wait = 2000;

function say(text, alert = false) {
  status.textContent = text;
  status.classList.toggle("error", alert);
}

async function save() {
  if (sending || stopped) return;
  sending = true;
  dirty = false;
  const data = new FormData(form);
  for (const input of form.querySelectorAll("input[type=file]")) data.delete(input.name);
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: data });
    const told = await answer.json();
    stopped = answer.status === 409;
    if (answer.ok) form.elements.seen_saves.value = told.saves;
    say(told.message, stopped);
    wait = 2000;
  } catch {
    dirty = true;
    say(form.dataset.lost, true);
    wait = Math.min(wait * 2, 60000);
  }
  sending = false;
  if (leaving) form.requestSubmit(leaving);
  else if (dirty) later(Math.max(wait, SOON));
}

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

if (form && status) {
  form.addEventListener("input", () => { dirty = true; later(SOON); });
  form.addEventListener("submit", (event) => {
    stopped = true;
    clearTimeout(timer);
    if (!sending) return;
    event.preventDefault(); // two saves at once would look like two tabs
    leaving = event.submitter;
  });
  document.addEventListener("visibilitychange", () => document.hidden && dirty && save());
  addEventListener("online", () => dirty && save());
  addEventListener("beforeunload", (event) => { if (dirty && !stopped) event.preventDefault(); });
}
