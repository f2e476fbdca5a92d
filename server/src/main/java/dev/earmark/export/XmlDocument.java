package dev.earmark.export;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes an XML document; texts are escaped, and what XML cannot hold is left out. */
public final class XmlDocument {
  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter writer;

  public XmlDocument() {
    try {
      writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      writer.writeStartDocument("UTF-8", "1.0");
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens an element. */
  public XmlDocument open(String name) {
    return write(() -> writer.writeStartElement(name));
  }

  /** Gives the element that was opened last an attribute. */
  public XmlDocument with(String name, String value) {
    return write(() -> writer.writeAttribute(name, clean(value)));
  }

  /** An element with a text. */
  public XmlDocument element(String name, String value) {
    return write(() -> {
      writer.writeStartElement(name);
      writer.writeCharacters(clean(value));
      writer.writeEndElement();
    });
  }

  /** A text in the element that is open. */
  public XmlDocument text(String value) {
    return write(() -> writer.writeCharacters(clean(value)));
  }

  public XmlDocument close() {
    return write(writer::writeEndElement);
  }

  /** What was written since it was last taken; nothing of it is kept. */
  String take() {
    // An opened element may get attributes yet, so an empty text ends its head.
    write(() -> writer.writeCharacters(""));
    String taken = text.toString();
    text.getBuffer().setLength(0);
    return taken;
  }

  /** Ends what is open, and gives the rest. */
  String takeEnd() {
    write(writer::writeEndDocument);
    return take();
  }

  private interface Step {
    void run() throws XMLStreamException;
  }

  private XmlDocument write(Step step) {
    try {
      step.run();
      return this;
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a string can always be written to", e);
    }
  }

  /** Without the characters that XML 1.0, section 2.2, does not allow. */
  private static String clean(String value) {
    StringBuilder clean = new StringBuilder(value.length());
    value
        .codePoints()
        .filter(c ->
            c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  @Override
  public String toString() {
    write(writer::writeEndDocument);
    return text.toString();
  }
}
