package dev.earmark.source.caption;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Opens XML captions for reading, safely and forgivingly.
 *
 * <p>Safely: no document type is processed and nothing outside the text is fetched, so entities can
 * neither expand nor reach files. Forgivingly: what people get wrong most often in hand-made XML is
 * put right first. A lone ampersand, an HTML reference such as {@literal &}nbsp; that XML does not
 * know, and control characters would each end the reading at that place.
 */
final class XmlSource {
  private static final XMLInputFactory FACTORY = factory();
  private static final int LONGEST_REFERENCE = 40;

  private XmlSource() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    return factory;
  }

  /** A reader of the text's elements and characters. */
  static XMLStreamReader open(String text) throws XMLStreamException {
    synchronized (FACTORY) {
      return FACTORY.createXMLStreamReader(new StringReader(repaired(text)));
    }
  }

  /** The value of an attribute whatever its namespace; null if it is not there. */
  static @Nullable String attribute(XMLStreamReader xml, String localName) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals(localName)) {
        return xml.getAttributeValue(i);
      }
    }
    return null;
  }

  /** The local name of the outermost element, or an empty text if none starts in the head. */
  static String rootName(String head) {
    int at = 0;
    while (true) {
      int open = head.indexOf('<', at);
      if (open < 0 || open + 1 >= head.length()) {
        return "";
      }
      if (head.startsWith("<!--", open)) {
        at = after(head, "-->", open + 4);
      } else if (head.charAt(open + 1) == '?') {
        at = after(head, "?>", open + 2);
      } else if (head.charAt(open + 1) == '!') {
        at = after(head, ">", open + 2);
      } else {
        int end = open + 1;
        while (end < head.length() && isNamePart(head.charAt(end))) {
          end++;
        }
        String name = head.substring(open + 1, end);
        return name.substring(name.indexOf(':') + 1);
      }
    }
  }

  private static int after(String text, String mark, int from) {
    int at = text.indexOf(mark, from);
    return at < 0 ? text.length() : at + mark.length();
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == ':' || c == '_' || c == '-' || c == '.';
  }

  /** All text inside the element that was just opened, which is read to its end. */
  static String content(XMLStreamReader xml) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    int depth = 1;
    while (depth > 0 && xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          if (xml.getLocalName().equalsIgnoreCase("br")) {
            text.append('\n');
          }
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(xml.getText());
        default -> {
          // Comments and instructions are no text.
        }
      }
    }
    return text.toString();
  }

  /** What is wrong, without the place, which {@link #line} gives. */
  static String message(XMLStreamException e) {
    String message = e.getMessage() == null ? "it is not well-formed" : e.getMessage();
    int detail = message.indexOf("Message: ");
    return (detail < 0 ? message : message.substring(detail + "Message: ".length())).strip();
  }

  static int line(XMLStreamException e) {
    return e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNumber());
  }

  static int line(XMLStreamReader xml) {
    return Math.max(0, xml.getLocation().getLineNumber());
  }

  static String repaired(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) != '<') {
      start++;
    }
    StringBuilder repaired = null;
    int copied = start;
    int at = start;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c >= ' ' && c < Character.MIN_SURROGATE && c != '<' && c != '&') {
        at++;
        continue;
      }
      String instead = null;
      int next = at + 1;
      if (c == '<' && text.startsWith("<![CDATA[", at)) {
        next = after(text, "]]>", at);
      } else if (c == '<' && text.startsWith("<!--", at)) {
        next = after(text, "-->", at + 4);
      } else if (c == '&') {
        int end = referenceEnd(text, at);
        next = end < 0 ? at + 1 : end;
        instead = end < 0 ? "&amp;" : known(text.substring(at, end));
      } else if (isIllegal(text, at)) {
        instead = "\uFFFD";
      } else if (Character.isHighSurrogate(c)) {
        next = at + 2;
      }
      if (instead != null) {
        repaired = repaired == null ? new StringBuilder(text.length() + 16) : repaired;
        repaired.append(text, copied, at).append(instead);
        copied = next;
      }
      at = next;
    }
    if (repaired == null) {
      return text.substring(start);
    }
    return repaired.append(text, copied, text.length()).toString();
  }

  /** Where a character reference ends; -1 if none stands there. */
  private static int referenceEnd(String text, int at) {
    int limit = Math.min(text.length(), at + LONGEST_REFERENCE);
    int end = at + 1;
    if (end < limit && text.charAt(end) == '#') {
      end++;
    }
    int name = end;
    while (end < limit && Character.isLetterOrDigit(text.charAt(end)) && text.charAt(end) < 0x80) {
      end++;
    }
    return end > name && end < limit && text.charAt(end) == ';' ? end + 1 : -1;
  }

  /** What to write for a reference that XML does not know; null to leave it. */
  private static @Nullable String known(String reference) {
    return switch (reference) {
      case "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" -> null;
      case "&nbsp;" -> "\u00A0";
      default -> {
        String decoded = CaptionMarkup.decoded(reference);
        if (decoded.equals(reference)) {
          yield "&amp;" + reference.substring(1);
        }
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < decoded.length(); i++) {
          char c = decoded.charAt(i);
          switch (c) {
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '&' -> safe.append("&amp;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&apos;");
            default -> safe.append(isIllegal(decoded, i) ? '\uFFFD' : c);
          }
        }
        yield safe.toString();
      }
    };
  }

  /** Whether XML 1.0 (section 2.2) allows no such character. */
  private static boolean isIllegal(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c >= 0xFFFE;
  }
}
