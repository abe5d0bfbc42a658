// Opens and closes <dialog> as a modal. Without this module the same links show it through :target.

export function mountDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const closer = event.target.closest("[data-closes]");
    if (opener) open(event, document.getElementById(opener.dataset.opens));
    else if (closer) close(event, closer.closest("dialog"));
    else if (event.target instanceof HTMLDialogElement && isBeside(event)) event.target.close();
  });
}

function open(event, dialog) {
  event.preventDefault();
  dialog.showModal();
  dialog.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}

function close(event, dialog) {
  event.preventDefault();
  dialog.close();
}

// A click on the backdrop is reported as one on the dialog, outside its box.
function isBeside({ target, clientX, clientY }) {
  const box = target.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}
