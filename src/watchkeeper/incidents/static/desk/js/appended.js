// Later rows are appended to the queue as it is scrolled. When it is fetched anew, as many come as it shows.

export function mountAppended() {
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.elt.id === "queue") detail.parameters.rows = detail.elt.querySelectorAll("tbody .row-link").length;
  });
}
