package dev.earmark.meaning;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.vector.EmbeddingModelException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a model's folder says of it, in {@value #FILE}.
 *
 * <pre>{@code
 * {"name": "multilingual-minilm", "model": "model.onnx", "tokenizer": "tokenizer.json",
 *  "dimension": 384, "maxTokens": 128, "pooling": "mean",
 *  "queryPrefix": "query: ", "passagePrefix": "passage: ", "languages": ["en", "de", "fr"]}
 * }</pre>
 *
 * @param name of letters, digits, {@code -}, {@code .} and {@code _}
 * @param model the file of the model, ONNX, in the folder
 * @param tokenizer the file of its tokenizer, as Hugging Face's tokenizers write it
 * @param dimension how many numbers a vector has
 * @param maxTokens how many tokens of a text the model is given, those that mark its ends among
 *     them; 512 at most for models like BERT
 * @param pooling {@code mean} of all tokens, or {@code cls}: the first
 * @param queryPrefix stands before what is asked for
 * @param passagePrefix stands before what is to be found
 * @param unrelated the cosine up to which texts have nothing to do with each other; 0 if it is left
 *     out
 * @param questions the file that says how questions are turned to their answers, a {@link
 *     dev.earmark.vector.QuestionAdapter}; they are taken as they are if it is left out
 * @param languages that the model knows; {@code *} for all
 */
record ModelDescriptor(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String model,
    @JsonProperty(required = true) String tokenizer,
    @JsonProperty(required = true) int dimension,
    @JsonProperty(required = true) int maxTokens,
    @JsonProperty(required = true) Pooling pooling,
    @Nullable String queryPrefix,
    @Nullable String passagePrefix,
    @Nullable Double unrelated,
    @Nullable String questions,
    @JsonProperty(required = true) List<String> languages) {

  /** The name of the file. */
  static final String FILE = "earmark-model.json";

  /** Lucene keeps no longer vectors. */
  private static final int MOST_DIMENSIONS = 1024;

  /** How one vector is made of those of the tokens. */
  enum Pooling {
    @JsonProperty("mean")
    MEAN,
    @JsonProperty("cls")
    CLS
  }

  /**
   * Reads a descriptor.
   *
   * @param place names the file in messages
   * @throws EmbeddingModelException if it is not one
   */
  static ModelDescriptor read(byte[] json, String place) {
    ModelDescriptor read;
    try {
      read =
          JsonMapper.builder()
              .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
              .build()
              .readValue(json, ModelDescriptor.class);
    } catch (JsonProcessingException e) {
      throw wrong(place, e.getOriginalMessage().replaceAll("\\R.{0,1000}", ""), e);
    } catch (IOException e) {
      throw wrong(place, e.getMessage(), e);
    }
    if (read.name == null || !read.name.matches("[A-Za-z0-9._-]{1,80}")) {
      throw wrong(place, "name must be of letters, digits, '-', '.' and '_', at most 80", null);
    }
    if (read.dimension < 1 || read.dimension > MOST_DIMENSIONS) {
      throw wrong(
          place, "dimension must be 1 to " + MOST_DIMENSIONS + ", is " + read.dimension, null);
    }
    if (read.maxTokens < 3) {
      throw wrong(place, "maxTokens must be 3 or more, is " + read.maxTokens, null);
    }
    if (read.unrelated != null && !(read.unrelated >= 0 && read.unrelated < 1)) {
      throw wrong(place, "unrelated must be from 0 to less than 1, is " + read.unrelated, null);
    }
    if (read.languages == null || read.languages.isEmpty()) {
      throw wrong(place, "languages must name at least one, such as \"en\", or be [\"*\"]", null);
    }
    return read;
  }

  private static EmbeddingModelException wrong(
      String place, @Nullable String why, @Nullable Throwable cause) {
    String message =
        place + " does not describe a model: " + why + "; docs/meaning.md says what it holds";
    return cause == null
        ? new EmbeddingModelException(message)
        : new EmbeddingModelException(message, cause);
  }

  /** Whether the model knows a language, whatever its region or script. */
  boolean reads(String language) {
    String primary = primary(language);
    for (String known : languages) {
      if (known.equals("*") || primary(known).equals(primary)) {
        return true;
      }
    }
    return false;
  }

  private static String primary(String language) {
    int end = 0;
    while (end < language.length() && language.charAt(end) != '-' && language.charAt(end) != '_') {
      end++;
    }
    return language.substring(0, end).toLowerCase(Locale.ROOT);
  }
}
