// The words of scripts in the page's language. English needs no catalogue; another brings its own as /words/<language>.js.
export const gettext = (words) => globalThis.django?.gettext(words) ?? words;

export const ngettext = (one, many, count) => globalThis.django?.ngettext(one, many, count) ?? (count === 1 ? one : many);

// filled("Leaves in {seconds} s", { seconds: 9 })
export const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
