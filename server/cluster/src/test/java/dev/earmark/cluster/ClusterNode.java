package dev.earmark.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.index.mapper.MapperExtrasModulePlugin;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.script.expression.ExpressionModulePlugin;
import org.opensearch.transport.Netty4ModulePlugin;
import org.opensearch.transport.TransportService;

/**
 * One node of OpenSearch in a process of its own.
 *
 * <p>Arguments are settings, {@code name=value}; {@code path.home} is needed. When it listens it
 * prints one line, its ports for HTTP and for other nodes; then it lives until its standard input
 * ends, so that it never outlives who started it.
 */
public final class ClusterNode {
  private ClusterNode() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err);
    Settings.Builder settings = Settings.builder();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      settings.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    Path config = Path.of(settings.get("path.home"), "config");
    Node node =
        new OpenSearchRunnerNode(
            InternalSettingsPreparer.prepareEnvironment(
                settings.build(), Map.of(), config, () -> settings.get("node.name")),
            List.of(
                CommonAnalysisModulePlugin.class,
                MapperExtrasModulePlugin.class,
                PainlessModulePlugin.class,
                ExpressionModulePlugin.class,
                ReindexModulePlugin.class,
                Netty4ModulePlugin.class));
    node.start();
    out.println(
        node.injector()
                .getInstance(HttpServerTransport.class)
                .boundAddress()
                .publishAddress()
                .getPort()
            + " "
            + node.injector()
                .getInstance(TransportService.class)
                .boundAddress()
                .publishAddress()
                .getPort());
    out.flush();
    untilInputEnds();
    Runtime.getRuntime().halt(0);
  }

  private static void untilInputEnds() throws IOException {
    while (System.in.read() >= 0) {
      // What is written does not matter, only that somebody still could.
    }
  }
}
