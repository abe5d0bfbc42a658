// A <details data-menu> closes on Escape and when the reader goes elsewhere.

export function mountMenus() {
  document.addEventListener("click", (event) => closeAll((menu) => !menu.contains(event.target)));
  document.addEventListener("focusin", (event) => closeAll((menu) => !menu.contains(event.target)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    closeAll((menu) => {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      return true;
    });
  });
}

function closeAll(isMeant) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (isMeant(menu)) menu.open = false;
}
