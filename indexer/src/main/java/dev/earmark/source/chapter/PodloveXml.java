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
import dev.earmark.source.cue.PodloveChapters;
import dev.earmark.source.syntax.XmlHead;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * Podlove Simple Chapters as a document of their own: a {@code chapters} element with {@code
 * chapter} elements, whose attributes are {@code start}, normal play time, and {@code title},
 * whatever prefix the namespace has. Inside a feed they are read with the feed.
 *
 * @see <a href="https://podlove.org/simple-chapters/">Podlove Simple Chapters</a>
 */
@AutoService(SourceFormat.class)
public final class PodloveXml implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "podlove-xml",
          "Podlove Simple Chapters in XML",
          "XML whose first element is chapters, with chapter elements that have start and title");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    return PodloveChapters.isList(XmlHead.firstElement(source.head()))
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    XmlHead.refuseLongNames(source.text());
    Document document = Jsoup.parse(source.text(), Parser.xmlParser());
    ChapterList chapters = new ChapterList(problems);
    for (Element element : document.getAllElements()) {
      PodloveChapters.addIfChapter(chapters, element);
    }
    return ParsedSource.ofMoments(
        EpisodeFields.NONE, chapters.orRefuse("chapter elements with start and title are needed"));
  }
}
