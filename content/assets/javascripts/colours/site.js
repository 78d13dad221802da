/* The only name that the scripts share. Each file adds its part, under the name of the file. It doesn't matter in which
   order they do so: a part uses others only when it is called, or when all scripts of the page are there, which the event
   DOMContentLoaded says. The finder and the plan may also use parts of site.js and actions.js, which come before them. */
const site = {}
