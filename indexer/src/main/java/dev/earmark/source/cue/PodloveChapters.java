package dev.earmark.source.cue;

import dev.earmark.source.syntax.JsonValues;
import dev.earmark.source.time.Times;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/** Reads Podlove Simple Chapters from XML, in files of their own and in feeds. Stateless. */
public final class PodloveChapters {
  private PodloveChapters() {}

  /**
   * Whether an element is a list of chapters: its namespace may have any prefix, and not every
   * program declares it.
   */
  public static boolean isList(Element element) {
    return isList(element.tagName());
  }

  /** The same of the name of an element. */
  public static boolean isList(String element) {
    return local(element).equals("chapters");
  }

  /** Adds what an element says, if it is a chapter; the title may be its text as well. */
  public static void addIfChapter(ChapterList chapters, Element element) {
    if (local(element.tagName()).equals("chapter")) {
      String title = attribute(element, "title");
      chapters.add(
          JsonValues.fromText(attribute(element, "start")),
          Times.NONE,
          title.isBlank() ? element.text() : title,
          null,
          0);
    }
  }

  private static String attribute(Element element, String name) {
    for (Attribute attribute : element.attributes()) {
      if (local(attribute.getKey()).equals(name)) {
        return attribute.getValue();
      }
    }
    return "";
  }

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }
}
