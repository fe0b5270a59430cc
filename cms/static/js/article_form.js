/* What the scripts of an article's form share: the editor of its text, and the token that the server asks for. */
"use strict";
const articleForm = {
  /* Null where the text stands in a plain field. */
  editor: () => {
    const text = document.querySelector(".field-body .tiptap");
    return (text && text.editor) || null;
  },
  /* The cookie's goes first: somebody who signed in again in another tab has a new one. */
  token: () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || document.querySelector("[name=csrfmiddlewaretoken]").value,
};
