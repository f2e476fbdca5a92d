package dev.earmark.source.caption;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SAMI captions: {@code <SYNC Start=1000><P Class=ENCC>text}, in HTML as loose as people write it.
 *
 * <p>A caption lasts to the next {@code SYNC}, which may be an empty one. Where paragraphs have
 * several classes these are languages; the first that has text is read, the others are reported.
 * {@code <P ID=Source>} names the speaker.
 */
@AutoService(SourceFormat.class)
public final class SmiFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor("smi", "SAMI captions", "the element SAMI");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String head = source.lowerHead();
    if (head.stripLeading().startsWith("<sami") || head.contains("<sync start=")) {
      return Recognition.CERTAIN;
    }
    return source.hasExtension("smi", "sami") ? Recognition.BY_NAME : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    return new Reader(source.text(), problems).read();
  }

  private record Caption(long startMs, String text, @Nullable String speaker, int line) {}

  /** Reads one file. */
  private static final class Reader {
    private final String text;
    private final ProblemLog problems;
    private final EpisodeFields.Builder episode = EpisodeFields.builder();
    private final List<Caption> captions = new ArrayList<>();
    private final StringBuilder caption = new StringBuilder();
    private @Nullable String language;
    private @Nullable String speaker;
    private boolean otherLanguage;
    private boolean inSource;
    private boolean reported;
    private boolean endless;
    private long start = Times.NONE;
    private int startLine;
    private int line = 1;

    Reader(String text, ProblemLog problems) {
      this.text = text;
      this.problems = problems;
    }

    ParsedSource read() throws SourceException {
      int at = 0;
      while (at < text.length()) {
        int open = text.indexOf('<', at);
        int to = open < 0 ? text.length() : open;
        characters(text.substring(at, to));
        if (open < 0) {
          break;
        }
        if (text.startsWith("<!--", open)) {
          at = skip("-->", open);
        } else {
          int close = CaptionMarkup.tagEnd(text, open) - 1;
          if (close < 0 || !opensTag(open + 1)) {
            characters("<");
            at = open + 1;
          } else {
            String tag = text.substring(open + 1, close).strip();
            at = isTag(tag, "style") || isTag(tag, "title") ? skipElement(tag, open) : close + 1;
            tag(tag);
            countLines(open, at);
          }
        }
      }
      flush();
      if (captions.isEmpty() && start == Times.NONE) {
        throw new SourceException(0, "no <SYNC Start=…> found; captions start with one in SAMI");
      }
      return finish();
    }

    /** Whether a character can follow the {@code <} of a tag; else that is a sign in the text. */
    private boolean opensTag(int at) {
      char c = text.charAt(at);
      return Character.isLetter(c) || c == '/' || c == '!' || c == '?' || c == '-';
    }

    private int skip(String end, int from) {
      int at = text.indexOf(end, from);
      int to = at < 0 ? text.length() : at + end.length();
      countLines(from, to);
      return to;
    }

    /** After the end of an element whose content is no caption; a title is kept. */
    private int skipElement(String tag, int open) {
      int inside = text.indexOf('>', open) + 1;
      boolean title = isTag(tag, "title");
      int end = endless ? -1 : indexOfIgnoringCase(title ? "</title" : "</style", inside);
      if (end < 0) {
        // Not looked for again: each such tag would cost a walk to the end of the text.
        endless = true;
        return inside;
      }
      if (title) {
        episode.title(CaptionMarkup.decoded(text.substring(inside, end)));
      }
      int close = text.indexOf('>', end);
      return close < 0 ? text.length() : close + 1;
    }

    private int indexOfIgnoringCase(String wanted, int from) {
      for (int at = text.indexOf('<', from); at >= 0; at = text.indexOf('<', at + 1)) {
        if (text.regionMatches(true, at, wanted, 0, wanted.length())) {
          return at;
        }
      }
      return -1;
    }

    private void countLines(int from, int to) {
      for (int i = from; i < to; i++) {
        line += text.charAt(i) == '\n' ? 1 : 0;
      }
    }

    private static boolean isTag(String tag, String name) {
      return tag.regionMatches(true, 0, name, 0, name.length())
          && (tag.length() == name.length()
              || !Character.isLetterOrDigit(tag.charAt(name.length())));
    }

    private void tag(String tag) {
      if (isTag(tag, "sync")) {
        flush();
        String value = attribute(tag, "start");
        start = value == null ? Times.NONE : milliseconds(value);
        startLine = line;
        if (start == Times.NONE) {
          problems.warning(
              "unreadable-time",
              line,
              "\"<" + Excerpt.of(tag) + ">\" has no start in milliseconds",
              "the caption is left out; write <SYNC Start=1000>");
        }
      } else if (isTag(tag, "p")) {
        paragraph(tag);
      } else if (isTag(tag, "br")) {
        characters("\n");
        line--;
      } else if (isTag(tag, "/p")) {
        inSource = false;
        otherLanguage = false;
      } else if (!isTag(tag, "/sync") && !isKnown(tag)) {
        caption.append(start == Times.NONE || otherLanguage ? "" : "<" + tag + ">");
      }
    }

    private static boolean isKnown(String tag) {
      return tag.isEmpty()
          || !CaptionMarkup.of("<" + tag + ">").text().startsWith("<")
          || isTag(tag, "/body")
          || isTag(tag, "/sami")
          || isTag(tag, "/head")
          || isTag(tag, "body")
          || isTag(tag, "table")
          || isTag(tag, "/table");
    }

    private void paragraph(String tag) {
      String id = attribute(tag, "id");
      inSource = "source".equalsIgnoreCase(id == null ? "" : id);
      String name = attribute(tag, "class");
      otherLanguage = false;
      if (name != null) {
        language = language == null ? name : language;
        otherLanguage = !name.equalsIgnoreCase(language);
        if (otherLanguage && !reported) {
          reported = true;
          problems.notice(
              "several-languages",
              line,
              "there are captions of class " + language + " and of class " + name,
              "those of " + language + " are read");
        }
      }
    }

    private static @Nullable String attribute(String tag, String name) {
      for (int at = 0; at + name.length() < tag.length(); at++) {
        if (!tag.regionMatches(true, at, name, 0, name.length())
            || (at > 0 && !Character.isWhitespace(tag.charAt(at - 1)))) {
          continue;
        }
        int value = at + name.length();
        while (value < tag.length() && Character.isWhitespace(tag.charAt(value))) {
          value++;
        }
        if (value == tag.length() || tag.charAt(value) != '=') {
          continue;
        }
        String rest = tag.substring(value + 1).strip();
        char quote = rest.isEmpty() ? ' ' : rest.charAt(0);
        boolean quoted = quote == '"' || quote == '\'';
        int end = quoted ? 1 : 0;
        while (end < rest.length()
            && (quoted ? rest.charAt(end) != quote : !Character.isWhitespace(rest.charAt(end)))) {
          end++;
        }
        return rest.substring(quoted ? 1 : 0, end).strip();
      }
      return null;
    }

    private static long milliseconds(String value) {
      String digits = value.endsWith("ms") ? value.substring(0, value.length() - 2) : value;
      try {
        return digits.length() > 15 ? Times.NONE : Long.parseLong(digits.strip());
      } catch (NumberFormatException e) {
        return Times.NONE;
      }
    }

    private void characters(String piece) {
      for (int i = 0; i < piece.length(); i++) {
        line += piece.charAt(i) == '\n' ? 1 : 0;
      }
      if (start == Times.NONE || otherLanguage) {
        return;
      }
      if (inSource) {
        speaker = piece.isBlank() ? speaker : CaptionMarkup.decoded(piece).strip();
      } else {
        caption.append(piece);
      }
    }

    private void flush() {
      if (start != Times.NONE) {
        captions.add(new Caption(start, trimmedLines(caption.toString()), speaker, startLine));
      }
      caption.setLength(0);
      speaker = null;
      inSource = false;
      otherLanguage = false;
    }

    /** The text with each line stripped and empty lines at its ends left out. */
    private static String trimmedLines(String marked) {
      StringBuilder trimmed = new StringBuilder();
      for (String one : (Iterable<String>) CaptionMarkup.decoded(marked).lines()::iterator) {
        String bare = one.replace('\u00A0', ' ').strip();
        if (!bare.isEmpty()) {
          trimmed.append(trimmed.isEmpty() ? "" : "\n").append(bare);
        }
      }
      return trimmed.toString();
    }

    private ParsedSource finish() {
      CueBuilder cues = new CueBuilder(problems);
      for (int i = 0; i < captions.size(); i++) {
        Caption one = captions.get(i);
        long end = i + 1 < captions.size() ? captions.get(i + 1).startMs() : Times.NONE;
        cues.add(one.startMs(), end, one.speaker(), one.text(), one.line());
      }
      return cues.finish(episode.build());
    }
  }
}
