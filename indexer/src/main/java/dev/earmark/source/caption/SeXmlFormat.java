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
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The XML of Subtitle Edit: {@code Paragraph} elements with {@code StartMilliseconds}, {@code
 * EndMilliseconds} and {@code Text}.
 */
@AutoService(SourceFormat.class)
public final class SeXmlFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "se-xml",
          "Subtitle Edit XML captions",
          "the outermost element Subtitle with Paragraph elements");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String head = source.head();
    return XmlSource.rootName(head).equals("Subtitle") && head.contains("<Paragraph")
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
      if (!name.equals("Subtitle")) {
        throw new SourceException(
            line, "the outermost element of Subtitle Edit XML is Subtitle, here it is " + name);
      }
    }

    @Override
    public void element(XMLStreamReader xml) throws XMLStreamException {
      if (!xml.getLocalName().equals("Paragraph")) {
        return;
      }
      int line = XmlSource.line(xml);
      long start = Times.NONE;
      long end = Times.NONE;
      String text = "";
      int depth = 1;
      while (depth > 0 && xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.END_ELEMENT) {
          depth--;
        } else if (event == XMLStreamConstants.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "StartMilliseconds" -> start = millis(XmlSource.content(xml));
            case "EndMilliseconds" -> end = millis(XmlSource.content(xml));
            case "Text" -> text = XmlSource.content(xml);
            default -> depth++;
          }
        }
      }
      if (start == Times.NONE) {
        problems.warning(
            "unreadable-time",
            line,
            "the paragraph \"" + Excerpt.of(text) + "\" has no StartMilliseconds",
            "left out");
        return;
      }
      cues.add(start, end, null, CaptionMarkup.of(text).text(), line);
    }

    private static long millis(String text) {
      String number = text.strip();
      return number.matches("-?\\d{1,15}") ? Long.parseLong(number) : Times.NONE;
    }
  }
}
