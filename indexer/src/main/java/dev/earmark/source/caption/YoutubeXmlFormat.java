package dev.earmark.source.caption;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.CueCollector;
import dev.earmark.source.time.CaptionTime;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * YouTube's first XML captions: {@code <text start="1.5" dur="2">}, times in seconds.
 *
 * <p>Text in it is escaped twice, once for HTML and once for XML.
 */
@AutoService(SourceFormat.class)
public final class YoutubeXmlFormat implements SourceFormat {

  @Override
  public String id() {
    return "youtube-xml";
  }

  @Override
  public String description() {
    return "YouTube XML captions, transcript and text elements";
  }

  @Override
  public String recognisedBy() {
    return "the outermost element transcript with text elements";
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
    final CueCollector cues;
    private final ProblemLog problems;

    Reader(ProblemLog problems) {
      this.problems = problems;
      this.cues = new CueCollector(problems);
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
      long start = from == null ? CaptionTime.NONE : CaptionTime.parse(from);
      long duration = length == null ? CaptionTime.NONE : CaptionTime.parse(length);
      if (start == CaptionTime.NONE) {
        problems.warning(
            "unreadable-time",
            line,
            "the text \""
                + CueCollector.excerpt(text)
                + "\" has "
                + (from == null ? "no start" : "start " + from),
            "left out; write start=\"1.5\"");
        return;
      }
      cues.add(
          start,
          duration == CaptionTime.NONE ? CueCollector.UNKNOWN : start + duration,
          null,
          text,
          line);
    }
  }
}
