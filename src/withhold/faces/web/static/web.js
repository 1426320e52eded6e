/* The only script of the dashboard's own: copying a command, and loading a page anew that is not
   finished. Everything works without it. */
"use strict";

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy).textContent;
  await navigator.clipboard.writeText(text);
  button.textContent = button.dataset.copied;
});

/* What is still being counted is asked for again, but never under somebody who fills in a form, and
   not where htmx asks for a piece of the page. */
const unfinished = document.querySelector("main[data-refresh]");
if (unfinished && !unfinished.querySelector("[hx-trigger]")) {
  const again = () => {
    if (document.activeElement.closest("form")) setTimeout(again, 2000);
    else location.reload();
  };
  setTimeout(again, 1000 * unfinished.dataset.refresh);
}
