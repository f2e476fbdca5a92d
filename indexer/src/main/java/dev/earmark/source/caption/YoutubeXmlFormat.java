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
import dev.earmark.source.time.CaptionTime;
import dev.earmark.source.time.Times;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * YouTube's first XML captions: {@code <text start="1.5" dur="2">}, times in seconds.
 *
 * <p>Text in it is escaped twice, once for HTML and once for XML.
 */
@AutoService(SourceFormat.class)
public final class YoutubeXmlFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "youtube-xml",
          "YouTube XML captions, transcript and text elements",
          "the outermost element transcript with text elements");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String head = source.head();
    return XmlSource.rootName(head).equals("transcript") && head.contains("<text")
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
      if (!name.equals("transcript")) {
        throw new SourceException(
            line, "the outermost element of YouTube's XML is transcript, here it is " + name);
      }
    }

    @Override
    public void element(XMLStreamReader xml) throws XMLStreamException {
      if (!xml.getLocalName().equals("text")) {
        return;
      }
      int line = XmlSource.line(xml);
      String from = XmlSource.attribute(xml, "start");
      String length = XmlSource.attribute(xml, "dur");
      String text = CaptionMarkup.of(XmlSource.content(xml)).text();
      long start = from == null ? Times.NONE : CaptionTime.parse(from);
      long duration = length == null ? Times.NONE : CaptionTime.parse(length);
      if (start == Times.NONE) {
        problems.warning(
            "unreadable-time",
            line,
            "the text \""
                + Excerpt.of(text)
                + "\" has "
                + (from == null ? "no start" : "start " + from),
            "left out; write start=\"1.5\"");
        return;
      }
      cues.add(start, duration == Times.NONE ? Times.NONE : start + duration, null, text, line);
    }
  }
}
