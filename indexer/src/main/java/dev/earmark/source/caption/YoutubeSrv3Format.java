package dev.earmark.source.caption;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimedWord;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.cue.WordTimes;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * YouTube's third XML captions (srv3): {@code <p t="1500" d="2000">} with {@code <s t="240">} for
 * each word, times in milliseconds, a word's from the start of its paragraph.
 *
 * <p>Zero-width spaces, which YouTube puts about styled text, are taken out.
 */
@AutoService(SourceFormat.class)
public final class YoutubeSrv3Format implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "youtube-srv3",
          "YouTube srv3 XML captions, with word times",
          "the outermost element timedtext or body, and paragraphs with t and d");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String head = source.head();
    String root = XmlSource.rootName(head);
    return root.equals("timedtext") || (root.equals("body") && head.contains("<p t=\""))
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    Reader reader = new Reader(problems);
    XmlCaptions.read(source.text(), problems, reader);
    return reader.cues.finish(EpisodeFields.NONE);
  }

  private static final class Reader implements XmlCaptions.Handler {
    final CueBuilder cues;
    private final ProblemLog problems;

    Reader(ProblemLog problems) {
      this.problems = problems;
      this.cues = new CueBuilder(problems);
    }

    @Override
    public void root(String name, int line) throws SourceException {
      if (!name.equals("timedtext") && !name.equals("body")) {
        throw new SourceException(
            line, "the outermost element of srv3 is timedtext or body, here it is " + name);
      }
    }

    @Override
    public void element(XMLStreamReader xml) throws XMLStreamException {
      if (!xml.getLocalName().equals("p")) {
        return;
      }
      int line = XmlSource.line(xml);
      String from = XmlSource.attribute(xml, "t");
      long start = millis(from);
      long duration = millis(XmlSource.attribute(xml, "d"));
      long end = start < 0 || duration < 0 ? Times.NONE : start + duration;
      StringBuilder text = new StringBuilder();
      List<long[]> stretches = new ArrayList<>();
      int depth = 1;
      while (depth > 0 && xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            depth++;
            long offset = millis(XmlSource.attribute(xml, "t"));
            if (xml.getLocalName().equals("s")) {
              stretches.add(new long[] {text.length(), Math.max(0, start) + Math.max(0, offset)});
            } else if (xml.getLocalName().equals("br")) {
              text.append('\n');
            }
          }
          case XMLStreamConstants.END_ELEMENT -> depth--;
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
              text.append(xml.getText().replace("\u200B", ""));
          default -> {
            // No text.
          }
        }
      }
      if (start < 0) {
        problems.warning(
            "unreadable-time",
            line,
            "the paragraph \""
                + Excerpt.of(text.toString())
                + "\" has "
                + (from == null ? "no t" : "t " + from),
            "left out; write t=\"1500\"");
        return;
      }
      cues.add(start, end, null, text.toString(), words(text, stretches, start, end), line);
    }

    /** The words, if any has a time of its own. */
    private static List<TimedWord> words(
        StringBuilder text, List<long[]> stretches, long start, long end) {
      boolean timed = false;
      for (long[] stretch : stretches) {
        timed |= stretch[1] != start;
      }
      if (!timed) {
        return List.of();
      }
      List<TimedWord> words = new ArrayList<>(stretches.size());
      for (int i = 0; i < stretches.size(); i++) {
        boolean last = i + 1 == stretches.size();
        long wordStart = stretches.get(i)[1];
        long wordEnd = last ? end : stretches.get(i + 1)[1];
        int from = (int) stretches.get(i)[0];
        int to = last ? text.length() : (int) stretches.get(i + 1)[0];
        WordTimes.add(words, text, from, to, wordStart, wordEnd);
      }
      return words;
    }

    private static long millis(@Nullable String text) {
      return text != null && text.strip().matches("\\d{1,15}")
          ? Math.min(Long.parseLong(text.strip()), 1_000_000_000_000_000L)
          : -1;
    }
  }
}
