// A role's link of the demo: the form is sent as if its button had been pressed.
document.getElementById("sign-in")?.requestSubmit();
