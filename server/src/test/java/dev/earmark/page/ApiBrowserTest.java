package dev.earmark.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on which the API is tried, in a real browser. */
class ApiBrowserTest extends BrowserCase {

  @Test
  void aSearchIsTried() {
    Page page = open("/");
    page.locator("footer").getByText("API").click();
    Locator form = page.locator("section#api-search");
    assertThat(form.locator("h2")).hasText("GET /api/v1/search");
    form.getByLabel("q", new Locator.GetByLabelOptions().setExact(true))
        .fill("it's a \"machine of brass\"");
    form.getByText("more parameters").click();
    form.locator("[name=limit]").fill("3");
    form.locator("[name=sort]").selectOption("newest");
    form.getByText("Try").click();
    assertThat(form.locator(".answer-status")).containsText("200 application/json");
    assertThat(form.locator(".body")).containsText("\"hits\": [");
    String command = form.locator(".command").textContent();
    assertThat(command)
        .startsWith("curl 'http://127.0.0.1:")
        .contains("sort=newest", "limit=3")
        .doesNotContain("operation");
    String link = form.getByText("Open it").getAttribute("href");
    assertThat(URI.create(link).getQuery()).contains("q=it's+a+\"machine+of+brass\"");
  }

  @Test
  void whatIsNoJsonIsShownAsItIsAndMistakesAreSaid() {
    Page page = open("/api");
    Locator form = page.locator("section#api-transcript");
    form.locator("[name=id]").fill("tides");
    form.locator("[name=form]").selectOption("srt");
    form.getByText("Try").click();
    assertThat(form.locator(".answer-status")).containsText("200 application/x-subrip");
    assertThat(form.locator(".body")).containsText("00:00:06,000 --> 00:00:20,000");
    form.locator("[name=id]").fill("none/../x");
    form.getByText("Try").click();
    assertThat(form.locator(".answer-status"))
        .containsText(Pattern.compile("40[04] application/problem\\+json"));
    refusalsAreMeant();
  }

  /** Each form with what it must have: none may be answered by an error of the server. */
  @Test
  void everyOperationCanBeTried() {
    Page page = open("/api");
    List<Locator> forms = page.locator("form.try").all();
    assertThat(forms.size()).isGreaterThan(15);
    for (Locator form : forms) {
      for (Locator input : form.locator("input[required]").all()) {
        String name = input.getAttribute("name");
        String value =
            switch (name) {
              case "id" -> "tides";
              case "name" -> "Ines Marlow";
              default -> "number".equals(input.getAttribute("type")) ? "1" : "harbour";
            };
        input.fill(value);
      }
      form.getByText("Try").click();
      Locator status = form.locator("xpath=..").locator(".answer-status");
      assertThat(status).containsText(Pattern.compile("^(200|4\\d\\d) "));
    }
    refusalsAreMeant();
  }

  /** The browser itself complains of each answer that says no. */
  private void refusalsAreMeant() {
    complaints.removeIf(complaint -> complaint.contains("status of 4"));
  }
}
