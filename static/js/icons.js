// Draws an icon of the sprite, whose hashed address is taken from an icon that is on the page.
export function drawing(name, classes = "i") {
  const known = document.querySelector("svg use[href*='icons']").getAttribute("href");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", classes);
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", known.replace(/#.*/, `#${name}`));
  svg.append(use);
  return svg;
}
