// A form that was refused: the summary of what to correct takes the focus.
document.querySelector(".errors[tabindex]")?.focus();
