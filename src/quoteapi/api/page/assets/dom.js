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

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}
