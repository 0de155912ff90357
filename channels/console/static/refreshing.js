// Makes work that never runs twice at once: what is asked for meanwhile is done once more after it.
"use strict";
const refreshing = (work) => {
  let again = false;
  let busy = false;
  return async () => {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      try {
        await work();
      } catch { /* the stream comes back and asks again */ }
    }
    busy = false;
  };
};
