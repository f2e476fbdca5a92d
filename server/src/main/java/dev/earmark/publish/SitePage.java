package dev.earmark.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Makes a page of the server a page of a site: every address in it leads to a file of the site,
 * relative to the page, and what has none is taken out. A page is rendered as for the server {@link
 * #SERVER}, so that addresses of ours are told from others.
 */
final class SitePage {
  /** Nobody's address (RFC 2606): what the pages take the server for. */
  static final String SERVER = "https://site.invalid";

  private static final List<String> ADDRESSES =
      List.of(
          "href",
          "xlink:href",
          "src",
          "poster",
          "action",
          "data-copy",
          "data-link",
          "data-path",
          "data-source",
          "data-strip",
          "data-artwork");

  /** Scripts of what only a server can do. */
  private static final Set<String> OF_THE_SERVER =
      Set.of("search.js", "suggest.js", "reading.js", "dates.js", "sheet.js");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SiteAddresses addresses;
  private final @Nullable String base;

  /**
   * @param base where the site will be, ending with a slash; null if that is not known, and then
   *     what needs a whole address is left out
   */
  SitePage(SiteAddresses addresses, @Nullable String base) {
    this.addresses = addresses;
    this.base = base;
  }

  /**
   * The page of a site.
   *
   * @param html as the server sends it
   * @param file where it lies in the site
   * @param scripts of the site that it loads before its own
   */
  String of(String html, String file, List<String> scripts) {
    String up = "../".repeat((int) file.chars().filter(c -> c == '/').count());
    Document page = Jsoup.parse(html, "", Parser.htmlParser());
    page.outputSettings().prettyPrint(false);
    head(page, up);
    // A player for other pages is a page that a server makes.
    page.select("[data-embed]").remove();
    for (String attribute : ADDRESSES) {
      for (Element element : page.getElementsByAttribute(attribute)) {
        String address = element.attr(attribute);
        if (element.parent() != null && address.startsWith("/") && !address.startsWith("//")) {
          lead(element, attribute, address, up);
        }
      }
    }
    for (Element script : page.select("script[type=module][src]")) {
      if (OF_THE_SERVER.contains(lastPart(script.attr("src")))) {
        script.remove();
      }
    }
    Element first = page.selectFirst("script[type=module]");
    for (String script : scripts) {
      Element added = new Element("script").attr("type", "module").attr("src", up + script);
      if (first == null) {
        page.head().appendChild(added);
      } else {
        first.before(added);
      }
      added.after("\n");
    }
    page.body().attr("data-site", up.isEmpty() ? "./" : up);
    return page.outerHtml();
  }

  /** The name of a file, without its folder and what follows it in an address. */
  private static String lastPart(String address) {
    int end = address.indexOf('?');
    String path = end < 0 ? address : address.substring(0, end);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** A page of an episode with links to files of it, by what they are called. */
  static String withDownloads(String html, Map<String, String> files) {
    Document page = Jsoup.parse(html, "", Parser.htmlParser());
    page.outputSettings().prettyPrint(false);
    Element head = page.selectFirst(".episode-head");
    if (head != null && !files.isEmpty()) {
      Element line = head.appendElement("p").addClass("facts").addClass("downloads");
      line.appendText("Download ");
      files.forEach((name, file) -> {
        line.appendElement("a").attr("href", lastPart(file)).attr("download", "").text(name);
        line.appendText(" ");
      });
    }
    return page.outerHtml();
  }

  private void lead(Element element, String attribute, String address, String up) {
    String file =
        attribute.equals("action") && address.equals("/")
            ? SiteAddresses.SEARCH
            : addresses.of(address);
    if (file != null) {
      element.attr(attribute, up + file);
      return;
    }
    switch (element.normalName()) {
      case "a" -> takeOut(element);
      case "audio", "video" -> {
        Element player = element.closest(".player");
        (player == null ? element : player).remove();
      }
      case "article", "section", "div" -> element.removeAttr(attribute);
      default -> element.remove();
    }
  }

  /** A link that leads nowhere: a name stays as text, what is to be pressed goes. */
  private static void takeOut(Element link) {
    Element parent = link.parent();
    boolean control =
        link.hasClass("action")
            || link.hasClass("line-play")
            || link.closest("nav, .after, .foot-nav, .segments") != null;
    if (parent == null) {
      return;
    }
    if (!control) {
      if (link.hasClass("chip")) {
        link.tagName("span");
        link.clearAttributes().addClass("chip");
      } else {
        link.unwrap();
      }
      return;
    }
    link.remove();
    if (parent.normalName().equals("li") && parent.childrenSize() == 0) {
      parent.remove();
    }
  }

  private void head(Document page, String up) {
    for (Element link : page.select("link[href^=" + SERVER + "], meta[content^=" + SERVER + "]")) {
      String attribute = link.hasAttr("href") ? "href" : "content";
      String whole = whole(link.attr(attribute));
      if (whole == null) {
        link.remove();
      } else {
        link.attr(attribute, whole);
      }
    }
    for (Element citation : page.select("span.Z3988[title]")) {
      citation.attr("title", contextObject(citation.attr("title")));
    }
    for (Element data : page.select("script[type=application/ld+json]")) {
      String json = linkedData(data.data(), up);
      data.empty();
      data.appendChild(new DataNode(json));
    }
  }

  /** A context object (COinS, ANSI/NISO Z39.88) whose addresses of ours are those of the site. */
  private String contextObject(String object) {
    List<String> parameters = new ArrayList<>();
    for (String parameter : object.split("&")) {
      int equals = parameter.indexOf('=');
      String value = URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8);
      String whole = value.startsWith(SERVER) ? whole(value) : value;
      if (whole != null) {
        parameters.add(
            value.equals(whole)
                ? parameter
                : parameter.substring(0, equals + 1)
                    + URLEncoder.encode(whole, StandardCharsets.UTF_8));
      }
    }
    return String.join("&", parameters);
  }

  /** A whole address of ours as the site has it; null if it has none. */
  private @Nullable String whole(String address) {
    String file = base == null ? null : addresses.of(address.substring(SERVER.length()));
    return file == null ? null : base + (file.equals("index.html") ? "" : file);
  }

  private String linkedData(String json, String up) {
    try {
      JsonNode data = JSON.readTree(json);
      lead(data, up);
      return JSON.writeValueAsString(data).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a page has data that are no JSON", e);
    }
  }

  private void lead(JsonNode node, String up) {
    if (node instanceof ObjectNode object) {
      for (String name : names(object)) {
        JsonNode value = object.get(name);
        if (value.isTextual() && value.textValue().startsWith(SERVER)) {
          String address = ours(value.textValue(), up);
          if (address == null) {
            object.remove(name);
          } else {
            object.put(name, address);
          }
        } else {
          lead(value, up);
          if (value instanceof ObjectNode inner && inner.size() == 1 && inner.has("@type")) {
            object.remove(name);
          }
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = array.size() - 1; i >= 0; i--) {
        JsonNode value = array.get(i);
        if (value.isTextual() && value.textValue().startsWith(SERVER)) {
          String address = ours(value.textValue(), up);
          if (address == null) {
            array.remove(i);
          } else {
            array.set(i, TextNode.valueOf(address));
          }
        } else {
          lead(value, up);
        }
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private @Nullable String ours(String address, String up) {
    if (base != null) {
      return whole(address);
    }
    String file = addresses.of(address.substring(SERVER.length()));
    return file == null ? null : up + file;
  }
}
