package dev.earmark.source.chapter;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.ChapterList;
import dev.earmark.source.syntax.XmlHead;
import dev.earmark.source.time.CaptionTime;
import dev.earmark.source.time.Times;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Chapters of a Matroska file as MKVToolNix writes them to XML: {@code ChapterAtom} elements with
 * {@code ChapterTimeStart}, a clock with nanoseconds, and a {@code ChapterString} for each
 * language, of which the first is taken. Hidden chapters are left out; atoms within atoms are
 * chapters too.
 *
 * @see <a href="https://www.matroska.org/technical/chapters.html">Matroska chapters</a>
 */
@AutoService(SourceFormat.class)
public final class MatroskaChapters implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "matroska-chapters",
          "chapters of a Matroska file in XML (MKVToolNix)",
          "XML with ChapterAtom elements in Chapters");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    return XmlHead.firstElement(source.head()).equals("Chapters")
            && source.head().contains("<ChapterAtom")
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    XmlHead.refuseLongNames(source.text());
    Document document = Jsoup.parse(source.text(), Parser.xmlParser());
    ChapterList chapters = new ChapterList(problems);
    for (Element atom : document.getElementsByTag("ChapterAtom")) {
      if (!child(atom, "ChapterFlagHidden").equals("1")) {
        Element display = first(atom, "ChapterDisplay");
        chapters.add(
            time(child(atom, "ChapterTimeStart")),
            time(child(atom, "ChapterTimeEnd")),
            display == null ? null : child(display, "ChapterString"),
            null,
            0);
      }
    }
    return ParsedSource.ofMoments(
        EpisodeFields.NONE, chapters.orRefuse("ChapterAtom elements with a time are needed"));
  }

  private static long time(String clock) {
    return clock.isEmpty() ? Times.NONE : CaptionTime.parse(clock);
  }

  private static String child(Element parent, String name) {
    Element child = first(parent, name);
    return child == null ? "" : child.text().strip();
  }

  private static @Nullable Element first(Element parent, String name) {
    for (Element child : parent.children()) {
      if (child.tagName().equals(name)) {
        return child;
      }
    }
    return null;
  }
}
