/*
 * Words that are selected in a text of the desk become the passage of a new assertion: the form beside the text takes
 * them, with what stands before and after. A paragraph says at which character it begins (`data-start`), and holds its
 * text and nothing else, so that what is taken is what the revision has, character by character.
 */
"use strict";
{
  const CONTEXT = 32;  // code points on either side, as the quotations keep them
  const LONGEST = 2000;  // characters that an address carries safely
  const form = document.querySelector(".select-words");
  const said = document.getElementById("select-said");
  if (form) {
    const words = form.querySelector("[name=exact]");
    const revision = form.querySelector("[name=revision]").value;
    const around = { prefix: form.querySelector("[name=prefix]"), suffix: form.querySelector("[name=suffix]") };
    const text = () => document.querySelector(`.words[data-revision="${revision}"]`);

    /* The text that is shown, with the gaps between paragraphs as the revision has them. */
    const whole = () => {
      const parts = [];
      let before = null;
      for (const paragraph of text().querySelectorAll("p")) {
        if (before !== null) parts.push("\n\n");
        parts.push(paragraph.textContent);
        before = paragraph;
      }
      return parts.join("");
    };
    /* How many characters of it come before a point of the page. */
    const place = (node, offset) => {
      const upTo = document.createRange();
      let count = 0;
      for (const [index, paragraph] of [...text().querySelectorAll("p")].entries()) {
        if (index) count += 2;
        upTo.selectNodeContents(paragraph);
        const where = upTo.comparePoint(node, offset);
        if (where < 0) return count - (index ? 2 : 0);
        if (where === 0) {
          upTo.setEnd(node, offset);
          return count + upTo.toString().length;
        }
        count += paragraph.textContent.length;
      }
      return count;
    };
    const take = () => {
      const selection = document.getSelection();
      const shown = text();
      if (!shown || !selection.rangeCount || selection.isCollapsed) return;
      const range = selection.getRangeAt(0);
      if (!range.intersectsNode(shown)) return;
      const all = whole();
      let [start, end] = [place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset)];
      while (start < end && /\s/.test(all[start])) start += 1;
      while (end > start && /\s/.test(all[end - 1])) end -= 1;
      if (start === end) return;
      if (end - start > LONGEST) { said.textContent = `Select fewer words: a passage has at most ${LONGEST} characters here.`; return; }
      words.value = all.slice(start, end);
      around.prefix.value = [...all.slice(0, start)].slice(-CONTEXT).join("");
      around.suffix.value = [...all.slice(end, end + 2 * CONTEXT)].slice(0, CONTEXT).join("");
      for (const field of Object.values(around)) field.disabled = false;
      said.textContent = `Selected: “${words.value.length > 80 ? `${words.value.slice(0, 80)}…` : words.value}”. Press N for a new assertion from it.`;
    };
    let waiting = 0;
    document.addEventListener("selectionchange", () => { clearTimeout(waiting); waiting = setTimeout(take, 150); });
    form.addEventListener("submit", () => { clearTimeout(waiting); take(); });
    /* Words that are typed stand where they stand: what was around a selection says nothing of them. */
    words.addEventListener("input", () => { for (const field of Object.values(around)) field.disabled = true; });
  }
}
