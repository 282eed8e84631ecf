import DOMPurify from "dompurify";
import { Marked } from "marked";
import { useMemo } from "react";

const marked = new Marked({ gfm: true, breaks: false, async: false });

/** Text marks alone: no pictures from elsewhere, no forms, no styles, nothing that runs. */
const allowed = {
  ALLOWED_TAGS: [
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code",
    "em", "strong", "del", "a", "img", "table", "thead", "tbody", "tr", "th", "td", "kbd", "sub", "sup",
  ],
  ALLOWED_ATTR: ["href", "src", "alt", "title", "start", "align"],
  ALLOW_DATA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#|\/blob\/)/i,
};

const clean = DOMPurify();
clean.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName === "A") {
    node.setAttribute("rel", "noopener noreferrer nofollow");
    if (!node.getAttribute("href")?.startsWith("#")) node.setAttribute("target", "_blank");
  }
  if (node.tagName === "IMG" && !node.getAttribute("src")?.startsWith("/blob/")) node.remove();
});

/** The HTML of a stranger's Markdown, cleaned. */
export function render(text: string): string {
  return clean.sanitize(marked.parse(text) as string, allowed);
}

/** A stranger's Markdown as text with headings, lists, tables, and pictures from the plane only. */
export function Markdown({ text }: { text: string }) {
  const html = useMemo(() => render(text), [text]);
  return <div dir="auto" className="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
