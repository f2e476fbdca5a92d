package dev.earmark.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.resolve.DirectoryCodeResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/**
 * The templates and files of pages as they lie in a checkout, for whoever changes them: both are
 * looked at for each page, and a template that has changed is compiled. Needs a JDK, and is slower
 * than what the build makes of them.
 */
public final class WebSources {
  /** Not that of the templates of the program, which would be found first. */
  private static final String PACKAGE = "dev.earmark.page.changing";

  private final TemplateEngine templates;
  private final Assets assets;

  private WebSources(TemplateEngine templates, Assets assets) {
    this.templates = templates;
    this.assets = assets;
  }

  /**
   * @param folder {@code web/src/main} of a checkout
   * @throws IllegalArgumentException if it is none, or no compiler is there; says which
   */
  public static WebSources in(Path folder) throws IOException {
    Path code = folder.resolve("jte");
    Path files = folder.resolve("resources/earmark");
    if (!Files.isDirectory(code) || !Files.isDirectory(files)) {
      throw new IllegalArgumentException("there are no templates and styles in " + folder);
    }
    if (ToolProvider.getSystemJavaCompiler() == null) {
      throw new IllegalArgumentException("this Java has no compiler; templates need a JDK");
    }
    TemplateEngine templates =
        TemplateEngine.create(
            new DirectoryCodeResolver(code),
            Files.createTempDirectory("earmark-templates"),
            ContentType.Html,
            WebSources.class.getClassLoader(),
            PACKAGE);
    templates.setTrimControlStructures(true);
    return new WebSources(templates, Assets.in(files));
  }

  TemplateEngine templates() {
    return templates;
  }

  /** The files, as they are whenever one is asked for. */
  public Assets assets() {
    return assets;
  }
}
