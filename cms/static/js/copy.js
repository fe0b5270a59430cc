/* Buttons that copy what a field holds; where the browser offers no clipboard they stay hidden. */
"use strict";
{
  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("button[data-copy]")) {
      const field = document.getElementById(button.dataset.copy);
      const told = button.parentElement.querySelector("[data-copied]");
      button.hidden = false;
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(field.value);
          told.textContent = "Copied.";
        } catch {
          field.select();
          told.textContent = "It is selected: copy it by the keyboard.";
        }
      });
    }
  }
}
