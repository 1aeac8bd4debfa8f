/** Elements: made from a tag, attributes and children. A string becomes a text node, never markup. */

const SVG = "http://www.w3.org/2000/svg";

/** The element with an id; the page always has it. */
export const byId = (id) => document.getElementById(id);

/** An HTML element; attributes that are null, undefined or false are left out, true stands without a value. */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for an SVG element. */
export function shape(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

/** Puts children in the place of whatever an element holds; those that are null, undefined or false are left out. */
export function fill(box, ...children) {
  box.replaceChildren(...children.filter(isThere));
}

/** Whether a child is one: `append` and `replaceChildren` would write the others out as words. */
const isThere = (child) => child !== null && child !== undefined && child !== false;

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter(isThere));
  return made;
}
