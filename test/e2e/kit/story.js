// A story: steps that rest on one another.
import { test } from "node:test";

/**
 * Tells a story in steps: step(name, deed). After one that failed the others
 * are left out, and pictures show what each person then saw.
 */
export function story(name, browserOf, tell) {
  test(name, async (t) => {
    let broken = false;
    const step = (what, deed) =>
      t.test(what, { skip: broken && "a step before it failed" }, async (s) => {
        try {
          return await deed();
        } catch (error) {
          broken = true;
          s.diagnostic(`pictures in ${await browserOf().pictures(what)}`);
          throw error;
        }
      });
    await tell(step);
  });
}
