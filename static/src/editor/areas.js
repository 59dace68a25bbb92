// Lengths and areas in words, for people in the United States.

export function squareFeet(squareMetres) {
  return `${Math.round(squareMetres * 10.7639).toLocaleString("en")} sq ft`;
}

export function feetAndInches(metres) {
  const inches = Math.round(metres / 0.0254);
  return `${Math.floor(inches / 12)} ft ${inches % 12} in`;
}
