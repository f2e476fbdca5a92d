package dev.earmark.source.caption;

import dev.earmark.model.ProblemLog;
import dev.earmark.source.SourceException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Walks a flat XML caption file, element by element, as far as it is well-formed. */
final class XmlCaptions {

  /** What one format does with the elements. */
  interface Handler {
    /**
     * Sees the outermost element.
     *
     * @throws SourceException if the format has another
     */
    void root(String name, int line) throws SourceException;

    /** Sees the start of any other element, which it may read to its end. */
    void element(XMLStreamReader xml) throws XMLStreamException;
  }

  private XmlCaptions() {}

  /**
   * Walks a text.
   *
   * @throws SourceException if not even the outermost element can be read
   */
  static void read(String text, ProblemLog problems, Handler handler) throws SourceException {
    boolean seenRoot = false;
    try {
      XMLStreamReader xml = XmlSource.open(text);
      while (xml.hasNext()) {
        if (xml.next() != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        if (seenRoot) {
          handler.element(xml);
        } else {
          handler.root(xml.getLocalName(), XmlSource.line(xml));
          seenRoot = true;
        }
      }
    } catch (XMLStreamException e) {
      String message = "the XML is broken: " + XmlSource.message(e);
      if (!seenRoot) {
        throw new SourceException(XmlSource.line(e), message);
      }
      problems.error("broken-xml", XmlSource.line(e), message, "what stands before it is read");
    }
  }
}
