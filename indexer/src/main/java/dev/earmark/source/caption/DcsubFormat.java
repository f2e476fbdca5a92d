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
import dev.earmark.source.episode.LanguageTag;
import dev.earmark.source.syntax.Excerpt;
import dev.earmark.source.time.CaptionTime;
import dev.earmark.source.time.Times;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Digital cinema captions: Interop ({@code DCSubtitle}) and SMPTE ST 428-7 ({@code SubtitleReel}).
 *
 * <p>Both write {@code 00:01:30:020}. In a reel the last part is frames of the {@code
 * TimeCodeRate}. In Interop it is ticks of 4 ms, 0 to 249; a file that has a greater one counts
 * milliseconds instead.
 */
@AutoService(SourceFormat.class)
public final class DcsubFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "dcsub",
          "digital cinema captions, Interop and SMPTE",
          "the outermost element, DCSubtitle or SubtitleReel");

  private static final int TICK_MILLIS = 4;
  private static final int TICKS = 250;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String root = XmlSource.rootName(source.head());
    return root.equals("DCSubtitle") || root.equals("SubtitleReel")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    String text = source.text();
    Reader reader = new Reader(problems, countsMillis(text));
    XmlCaptions.read(text, problems, reader);
    return reader.cues.finish(reader.episode.build());
  }

  /** Whether any time ends in more ticks than there are. */
  private static boolean countsMillis(String text) {
    for (int at = text.indexOf("Time"); at >= 0; at = text.indexOf("Time", at + 4)) {
      int quote = text.indexOf('"', at);
      if (quote < 0) {
        return false;
      }
      int end = text.indexOf('"', quote + 1);
      if (end > quote + 3 && end - quote <= 16) {
        String last = text.substring(end - 3, end);
        if (last.chars().allMatch(c -> c >= '0' && c <= '9') && Integer.parseInt(last) >= TICKS) {
          return true;
        }
      }
    }
    return false;
  }

  /** Reads one document. */
  private static final class Reader implements XmlCaptions.Handler {
    final CueBuilder cues;
    final EpisodeFields.Builder episode = EpisodeFields.builder();
    private final ProblemLog problems;
    private final boolean countsMillis;
    private boolean reel;
    private int frameRate = 24;

    Reader(ProblemLog problems, boolean countsMillis) {
      this.problems = problems;
      this.countsMillis = countsMillis;
      this.cues = new CueBuilder(problems);
    }

    @Override
    public void root(String name, int line) throws SourceException {
      reel = name.equals("SubtitleReel");
      if (!reel && !name.equals("DCSubtitle")) {
        throw new SourceException(
            line, "the outermost element is DCSubtitle or SubtitleReel, here it is " + name);
      }
    }

    @Override
    public void element(XMLStreamReader xml) throws XMLStreamException {
      switch (xml.getLocalName()) {
        case "MovieTitle", "ContentTitleText" -> episode.title(XmlSource.content(xml));
        case "Language" -> episode.language(LanguageTag.orNull(XmlSource.content(xml)));
        case "TimeCodeRate" -> {
          String rate = XmlSource.content(xml).strip();
          if (rate.matches("[1-9]\\d{0,2}")) {
            frameRate = Integer.parseInt(rate);
          }
        }
        case "Subtitle" -> subtitle(xml);
        default -> {
          // Fonts enclose subtitles; the rest says nothing.
        }
      }
    }

    private void subtitle(XMLStreamReader xml) throws XMLStreamException {
      int line = XmlSource.line(xml);
      String in = XmlSource.attribute(xml, "TimeIn");
      long start = time(in);
      long end = time(XmlSource.attribute(xml, "TimeOut"));
      String text = lines(xml);
      if (start == Times.NONE) {
        problems.warning(
            "unreadable-time",
            line,
            "the subtitle \""
                + Excerpt.of(text)
                + "\" has "
                + (in == null ? "no TimeIn" : "TimeIn " + in),
            "left out; write TimeIn=\"00:01:30:020\"");
        return;
      }
      cues.add(start, end == Times.NONE ? Times.NONE : end, null, text, line);
    }

    private long time(@Nullable String text) {
      if (text == null) {
        return Times.NONE;
      }
      int colon = text.lastIndexOf(':');
      String last = text.substring(colon + 1);
      boolean parts = text.chars().filter(c -> c == ':').count() == 3;
      if (!parts || !last.matches("\\d{1,3}")) {
        return CaptionTime.parse(text);
      }
      long clock = CaptionTime.parse(text.substring(0, colon));
      long rest = Long.parseLong(last);
      if (clock == Times.NONE) {
        return clock;
      }
      if (reel) {
        return clock + rest * 1_000 / frameRate;
      }
      return clock + (countsMillis ? rest : rest * TICK_MILLIS);
    }

    /** Each {@code Text} is a line. */
    private static String lines(XMLStreamReader xml) throws XMLStreamException {
      StringBuilder text = new StringBuilder();
      int depth = 1;
      while (depth > 0 && xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          if (xml.getLocalName().equals("Text")) {
            text.append(text.isEmpty() ? "" : "\n").append(XmlSource.content(xml).strip());
          } else {
            depth++;
          }
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          depth--;
        }
      }
      return text.toString();
    }
  }
}
