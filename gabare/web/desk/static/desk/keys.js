// j, k: next and previous dossier; e: the decision; ?: the keys. Never while someone is typing,
// and whoever speaks to their computer can switch them off (WCAG 2.1.4).
const off = () => localStorage.getItem("desk-keys") === "off";
const keys = document.getElementById("keys");
const typing = (at) =>
  at.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

const actions = {
  j: () => document.querySelector("a[data-key=j]")?.click(),
  k: () => document.querySelector("a[data-key=k]")?.click(),
  e: () =>
    (document.querySelector("[name=outcome]:checked") ??
      document.querySelector("[name=outcome]"))?.focus(),
  "?": () => (keys.open ? keys.close() : keys.showModal()),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (off() || !(event.key in actions) || (keys.open && event.key !== "?")) return;
  event.preventDefault();
  actions[event.key]();
});

// The keys are told only where they work; a click on their names opens the list.
for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;
document.querySelector("button[data-keys]")?.addEventListener("click", () => keys.showModal());
keys.addEventListener("close", () => {
  if (keys.returnValue !== "switch") return;
  localStorage.setItem("desk-keys", off() ? "on" : "off");
  keys.returnValue = "";
});
