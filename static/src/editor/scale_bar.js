// A scale bar in feet, with metres beside it.

const FEET = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const MOST_PX = 120;

export function scaleBar(map, element) {
  const [bar, words] = [element.querySelector("rect"), element.querySelector("span")];
  const draw = () => {
    const resolution = map.getView().getResolution();
    const feet = FEET.findLast((each) => (each * 0.3048) / resolution <= MOST_PX) ?? FEET[0];
    const wide = ((feet * 0.3048) / resolution).toFixed(1);
    bar.setAttribute("width", wide);
    bar.ownerSVGElement.setAttribute("width", wide);
    bar.ownerSVGElement.setAttribute("viewBox", `0 0 ${wide} 8`);
    words.textContent = `${feet} ft (${(feet * 0.3048).toFixed(1)} m)`;
  };
  map.getView().on("change:resolution", draw);
  draw();
}
