package dev.earmark.meaning;

import com.google.auto.service.AutoService;
import dev.earmark.vector.EmbeddingModelException;
import dev.earmark.vector.QuestionAdapter;
import dev.earmark.vector.TextEmbedder;
import dev.earmark.vector.TextEmbedderProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens the model that comes along, or one in a folder with its {@link ModelDescriptor}. */
@AutoService(TextEmbedderProvider.class)
public final class OnnxTextEmbedderProvider implements TextEmbedderProvider {

  @Override
  public TextEmbedder open(@Nullable Path folder, Path cache) {
    if (folder == null) {
      ModelDescriptor descriptor =
          ModelDescriptor.read(
              resource("/dev/earmark/meaning/" + ModelDescriptor.FILE), ModelDescriptor.FILE);
      byte[] tokenizer = resource("/" + descriptor.tokenizer());
      byte[] model = resource("/" + descriptor.model());
      QuestionAdapter questions =
          questions(descriptor, name -> resource("/dev/earmark/meaning/" + name));
      NativeLibrary.prepare(cache);
      return new OnnxTextEmbedder(
          descriptor, model, tokenizer, questions, descriptor.model(), descriptor.tokenizer());
    }
    if (!Files.isDirectory(folder)) {
      throw new EmbeddingModelException(
          "there is no folder "
              + folder
              + " with a model; name one that holds "
              + ModelDescriptor.FILE
              + ", or take the English one that comes along with --meaning en");
    }
    Path described = folder.resolve(ModelDescriptor.FILE);
    ModelDescriptor descriptor = ModelDescriptor.read(read(described), described.toString());
    Path tokenizer = folder.resolve(descriptor.tokenizer());
    Path model = folder.resolve(descriptor.model());
    byte[] pieces = read(tokenizer);
    byte[] network = read(model);
    QuestionAdapter questions = questions(descriptor, name -> read(folder.resolve(name)));
    NativeLibrary.prepare(cache);
    return new OnnxTextEmbedder(
        descriptor, network, pieces, questions, model.toString(), tokenizer.toString());
  }

  private static @Nullable QuestionAdapter questions(
      ModelDescriptor descriptor, Function<String, byte[]> files) {
    String name = descriptor.questions();
    return name == null
        ? null
        : QuestionAdapter.read(files.apply(name), descriptor.dimension(), name);
  }

  private static byte[] read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new EmbeddingModelException(
          "the model's file "
              + file
              + " is missing; put it there, or name another in "
              + ModelDescriptor.FILE
              + " (docs/meaning.md says what a model's folder holds)");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new EmbeddingModelException("the model's file " + file + " cannot be read: " + e, e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = OnnxTextEmbedderProvider.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new EmbeddingModelException(
            "the jar of the model lacks " + name + "; build it again with ./earmark test");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new EmbeddingModelException("the jar of the model cannot be read: " + e, e);
    }
  }
}
