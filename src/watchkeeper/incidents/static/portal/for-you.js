// A promised instant is written in the desk's zone; here the reader's own is put beside it, where it is another.
import { written } from "../ui/js/moments.js";
import { filled, gettext } from "../ui/js/words.js";

show(document);
document.addEventListener("htmx:load", (event) => show(event.detail.elt));

function show(root) {
  for (const element of root.querySelectorAll("[data-for-you]")) {
    const at = Date.parse(element.dataset.forYou);
    const words = written(at, "zoned");
    const isSame = timeOf(words) === timeOf(element.previousElementSibling.textContent);
    element.textContent = filled(gettext("({time} for you)"), { time: words });
    element.hidden = isSame;
  }
}

// Two zones that read the same wall clock at that instant need not be said twice.
function timeOf(words) {
  return words.trim().split(" ").slice(0, 4).join(" ");
}
