package dev.earmark.source.document;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.Formats;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.syntax.XmlHead;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * Any other page: an article, show notes, a transcript as a site or an editor wrote it in HTML.
 *
 * <p>Its headings, paragraphs, lists, quotations, tables and links are written as Markdown, and
 * that is read by whatever format knows it best. So a transcript in paragraphs, a list of chapters
 * and an article with links to a player are what they would be as text. The article or main part is
 * read where a page marks one; menus, forms and scripts are not read.
 */
@AutoService(SourceFormat.class)
public final class HtmlDocument implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "html", "any other page in HTML", "HTML elements; if nothing better is found");

  private static final Set<String> OPENINGS =
      Set.of("html", "head", "body", "p", "div", "article", "section", "main", "h1", "h2", "ul");

  private static final String UNREAD =
      "script, style, template, noscript, nav, form, button, select, svg, iframe, head, aside,"
          + " [hidden], [aria-hidden=true]";

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String first = XmlHead.firstElement(source.head()).toLowerCase(Locale.ROOT);
    return OPENINGS.contains(first) ? Recognition.FALLBACK : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    XmlHead.refuseLongNames(source.text());
    Document page = Jsoup.parse(source.text());
    Element root = page.selectFirst("html");
    Element heading = page.selectFirst("h1");
    EpisodeFields told =
        EpisodeFields.builder()
            .title(page.title().isBlank() && heading != null ? heading.text() : page.title())
            .language(root == null ? null : LanguageNames.tag(root.attr("lang")))
            .build();
    page.select(UNREAD).remove();
    Element main = page.selectFirst("article, main, [role=main]");
    Writer writer = new Writer();
    (main == null || main.text().isBlank() ? page.body() : main).traverse(writer);
    String markdown = writer.finish();
    if (markdown.isBlank()) {
      throw new SourceException(0, "nothing to read: there is no text in this page");
    }
    RawSource text = RawSource.ofText(source.name() + ".md", markdown);
    SourceFormat format =
        Formats.recognise(text)
            .filter(found -> !(found instanceof HtmlDocument))
            .orElseThrow(() -> new SourceException(0, "there is no text in this page"));
    ParsedSource read = format.read(text, problems);
    return new ParsedSource(told.orElse(read.episode()), read.cues(), read.moments());
  }

  /** Writes elements as Markdown, as they pass by in their order. */
  private static final class Writer implements NodeVisitor {
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private String prefix = "";
    private int quotes;
    private boolean inLink;

    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode words) {
        text(words.getWholeText());
      } else if (node instanceof Element element) {
        open(element);
      }
    }

    private void open(Element element) {
      String name = element.normalName();
      if (name.equals("br")) {
        endLine();
      } else if (name.equals("a") && isTimed(element)) {
        line.append('[');
        inLink = true;
      } else if (isBold(name)) {
        line.append("**");
      } else if (name.equals("cite") && quotes > 0) {
        // Who said it, on a line of its own.
        endLine();
        line.append("\u2014 ");
      } else if (name.equals("td") || name.equals("th")) {
        line.append(line.isEmpty() ? "" : "\t");
      } else if (isBlock(element)) {
        endParagraph();
        if (name.equals("blockquote")) {
          quotes++;
        } else if (name.equals("li")) {
          prefix = "- ";
        } else if (isHeading(name)) {
          prefix = "#".repeat(name.charAt(1) - '0') + " ";
        }
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (!(node instanceof Element element)) {
        return;
      }
      String name = element.normalName();
      if (name.equals("a") && isTimed(element)) {
        inLink = false;
        line.append("](").append(element.attr("href").replace(")", "%29")).append(')');
      } else if (isBold(name)) {
        line.append("**");
      } else if (name.equals("li") || name.equals("tr")) {
        endLine();
      } else if (isBlock(element)) {
        endParagraph();
        quotes -= name.equals("blockquote") ? 1 : 0;
        prefix = "";
      }
    }

    private static boolean isBlock(Element element) {
      return element.isBlock() || element.normalName().equals("tr");
    }

    private static boolean isBold(String name) {
      return name.equals("strong") || name.equals("b");
    }

    private static boolean isHeading(String name) {
      return name.length() == 2
          && name.charAt(0) == 'h'
          && name.charAt(1) >= '1'
          && name.charAt(1) < '7';
    }

    private static boolean isTimed(Element link) {
      return !link.attr("href").isBlank()
          && link.selectFirst("img") == null
          && !link.text().isBlank();
    }

    /**
     * Adds text with white space as a page shows it, and signs that Markdown would take for its
     * own.
     */
    private void text(String raw) {
      for (int i = 0; i < raw.length(); i++) {
        char c = raw.charAt(i);
        if (Character.isWhitespace(c) || c == '\u00A0') {
          boolean space = !line.isEmpty() && " \t".indexOf(line.charAt(line.length() - 1)) < 0;
          line.append(space ? " " : "");
          continue;
        }
        if (inLink && "[]".indexOf(c) >= 0) {
          continue;
        }
        boolean sign = "*_`\\<".indexOf(c) >= 0 || (c == '#' && line.isEmpty());
        line.append(sign ? "\\" : "").append(c);
      }
    }

    private void endLine() {
      String text = line.toString().replace("****", "").strip();
      line.setLength(0);
      if (text.isEmpty() || text.equals("**")) {
        return;
      }
      out.append("> ".repeat(Math.min(1, quotes))).append(prefix).append(text).append('\n');
      prefix = prefix.equals("- ") ? "  " : "";
    }

    private void endParagraph() {
      endLine();
      boolean list = prefix.isBlank() && !prefix.isEmpty();
      if (!list && !out.isEmpty() && !endsWithBlank()) {
        out.append(quotes > 0 ? ">\n" : "\n");
      }
    }

    private boolean endsWithBlank() {
      int last = out.length() - 1;
      return last < 1 || (out.charAt(last) == '\n' && "\n>".indexOf(out.charAt(last - 1)) >= 0);
    }

    String finish() {
      endLine();
      return out.toString();
    }
  }
}
