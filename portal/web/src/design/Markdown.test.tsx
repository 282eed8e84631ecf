import { describe, expect, it } from "vitest";
import { render } from "./Markdown";

describe("Markdown of strangers", () => {
  it("keeps headings, lists, tables, links", () => {
    const html = render("# A\n\n- b\n\n|x|y|\n|-|-|\n|1|2|\n\n[c](https://example.org/d)");
    expect(html).toContain("<h1>A</h1>");
    expect(html).toContain("<li>b</li>");
    expect(html).toContain("<td>1</td>");
    expect(html).toMatch(/<a [^>]*rel="noopener noreferrer nofollow"/);
  });

  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![tracker](https://example.org/pixel.png)",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<iframe src='https://example.org'></iframe>",
    "<style>body{display:none}</style>",
    "<form action='/tx'><input name=a></form>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<p style='position:fixed;inset:0'>x</p>",
  ])("lets nothing run, load or cover the page: %s", (text) => {
    expect(render(text)).not.toMatch(/<script|onerror|javascript:|<iframe|<style|<form|<input|style=|src="http|<svg|data:text/i);
  });

  it("shows pictures from the plane", () => expect(render("![a](/blob/bafy)")).toContain('src="/blob/bafy"'));
});
