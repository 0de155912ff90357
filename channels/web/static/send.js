// Sending: one message after the other, in order. On a bad connection the words wait here, in
// memory only, and are tried again; the same id twice is one message, so none is sent twice.
const AGAIN = 3000;

const newId = () => ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) =>
  (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

/** A sender. `kept(one, body)`, `waits(one)` and `refused(one, words)` are told how it goes. */
export const sender = ({ framed, kept, waits, refused }) => {
  const unsent = [];
  let sending = false;

  const post = (one) => {
    const body = new URLSearchParams({ id: one.id });
    if (one.choice) body.set("choice", one.choice.value);
    else body.set("text", one.text);
    if (framed) body.set("framed", "1");
    return fetch("/say", { method: "POST", body, headers: { Accept: "application/json" } });
  };

  const sendNext = async () => {
    const one = unsent[0];
    const response = await post(one);
    if (response.status >= 500) throw new Error("later");
    if (response.ok) {
      kept(one, await response.json());
    } else {
      const told = await response.json().catch(() => ({}));
      refused(one, told.detail);
    }
    unsent.shift();
  };

  const sendAll = async () => {
    if (sending) return;
    sending = true;
    while (unsent.length) {
      try {
        await sendNext();
      } catch {
        waits(unsent[0]);
        await new Promise((done) => {
          setTimeout(done, AGAIN);
          addEventListener("online", done, { once: true });
        });
      }
    }
    sending = false;
  };

  return {
    /** Send words or a choice; `shown` puts it on the page under its id. */
    send: (said, shown) => {
      const one = { ...said, id: newId() };
      one.item = shown(one.id);
      unsent.push(one);
      sendAll();
      return one.item;
    },
    /** What has not arrived, for the moment somebody leaves. */
    unsent: () => unsent.map(({ id, text, choice }) => (choice ? { id, choice: choice.value } : { id, text })),
  };
};
