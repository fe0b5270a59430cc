/* Shows a correction as readers will see it, while it is typed. */
"use strict";
{
  const preview = document.querySelector("[data-correction-preview]");
  const kind = document.getElementById("id_kind");
  const text = document.getElementById("id_text");

  if (preview && kind && text) {
    const show = () => {
      const words = text.value.trim();
      const name = kind.selectedOptions[0]?.value ? kind.selectedOptions[0].text : "";
      preview.querySelector("[data-kind]").textContent = name.charAt(0).toUpperCase() + name.slice(1);
      preview.querySelector("[data-text]").textContent = words;
      preview.hidden = !words;
    };
    kind.addEventListener("change", show);
    text.addEventListener("input", show);
    show();
  }
}
