// Keeps the count of characters true while typing. Without this file the count is the server's.
// Counted as the server does: code points, once composed (NFC).
const numbers = new Intl.NumberFormat(document.documentElement.lang || "fr");

for (const count of document.querySelectorAll("[data-count]")) {
  const control = document.getElementById(count.dataset.count);
  const most = Number(count.dataset.max);
  let pause;

  const show = () => {
    const rest = most - [...control.value.normalize("NFC").trim()].length;
    const words = rest < 0 ? count.dataset.over : count.dataset.left;
    count.textContent = words.replace("{n}", numbers.format(Math.abs(rest)));
    count.classList.toggle("over", rest < 0);
    // Read aloud only near the end, and only in the pauses.
    count.setAttribute("aria-live", rest < most / 10 ? "polite" : "off");
  };

  control.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, 250);
  });
  show();
}
