package cn.ganye.server;

import cn.ganye.server.access.Accounts;
import cn.ganye.server.access.Passwords;
import cn.ganye.server.access.Role;
import cn.ganye.server.access.SingleSignOn;
import cn.ganye.server.marts.PoolLocation;
import cn.ganye.server.storage.Connections;
import cn.ganye.server.storage.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The app: opened with {@link #start}, closed with {@link #close}. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class ServerApplication {
  /** An account that was made at the start, with its password. */
  public record Made(String username, String title, String password) {}

  /**
   * The running app.
   *
   * @param made accounts made at this start; their passwords stand nowhere else
   */
  public record Running(
      ConfigurableApplicationContext context,
      @Nullable EmbeddedDatabase database,
      int port,
      List<Made> made)
      implements AutoCloseable {
    /** From now on it is closed, the database after it, when this process is told to end. */
    public void closeOnExit() {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      close();
                    } catch (IOException e) {
                      System.err.println("stopping: " + e.getMessage());
                    }
                  },
                  "stop"));
    }

    @Override
    public void close() throws IOException {
      context.close();
      if (database != null) {
        database.close();
      }
    }
  }

  private record DemoAccount(String username, String title, Role role, String region) {}

  private static final List<DemoAccount> DEMO =
      List.of(
          new DemoAccount("province", "江西省就业局", Role.PROVINCE, "36"),
          new DemoAccount("ganzhou", "赣州市就业局", Role.CITY, "3607"),
          new DemoAccount("xinfeng", "信丰县就业局", Role.COUNTY, "360722"),
          new DemoAccount("jiading", "嘉定镇人社所", Role.TOWNSHIP, "360722100"),
          new DemoAccount("shuidong", "嘉定镇水东村", Role.VILLAGE, "360722100200"),
          new DemoAccount("nanchang", "南昌县就业局", Role.COUNTY, "360121"),
          new DemoAccount("analyst", "省统计分析员", Role.ANALYST, "36"),
          new DemoAccount("auditor", "省审计员", Role.AUDITOR, "36"),
          new DemoAccount("admin", "系统管理员", Role.ADMINISTRATOR, "36"));

  /** Starts it. The line that says so comes when pages can be asked for. */
  public static Running start(ServerOptions options) throws IOException {
    EmbeddedDatabase database =
        options.external() == null
            ? EmbeddedDatabase.start(options.state().resolve("postgres"))
            : null;
    try {
      Connections connections =
          database == null
              ? java.util.Objects.requireNonNull(options.external())
              : database.connections();
      SpringApplication application = new SpringApplication(ServerApplication.class);
      application.setBannerMode(Banner.Mode.OFF);
      application.setRegisterShutdownHook(false);
      Map<String, Object> properties = new LinkedHashMap<>();
      properties.put("server.address", options.host());
      properties.put("server.port", Integer.toString(options.port()));
      properties.put("ganye.reference", options.state().resolve("reference").toString());
      properties.put("ganye.audit-heads", options.state().resolve("audit").toString());
      properties.put("ganye.exports", options.state().resolve("exports").toString());
      properties.put("server.tomcat.basedir", emptied(options.state().resolve("web")).toString());
      properties.put("ganye.watch-inbox", options.watchInbox());
      application.setDefaultProperties(properties);
      application.addInitializers(
          context -> {
            GenericApplicationContext generic = (GenericApplicationContext) context;
            generic.registerBean(Connections.class, () -> connections);
            generic.registerBean(PoolLocation.class, options::pool);
            SingleSignOn provider = options.singleSignOn();
            if (provider != null) {
              generic.registerBean(SingleSignOn.class, () -> provider);
            }
          });
      ConfigurableApplicationContext context = application.run();
      int port =
          Integer.parseInt(
              String.valueOf(context.getEnvironment().getProperty("local.server.port")));
      return new Running(context, database, port, accounts(context, options.demo()));
    } catch (RuntimeException e) {
      if (database != null) {
        database.close();
      }
      throw e;
    }
  }

  /** Where the web server puts what is being uploaded: emptied of what a killed one left. */
  private static Path emptied(Path folder) throws IOException {
    FileSystemUtils.deleteRecursively(folder);
    return Files.createDirectories(folder);
  }

  /**
   * Accounts of a demo get a new password at each start; elsewhere the first administrator once.
   */
  private static List<Made> accounts(ConfigurableApplicationContext context, boolean demo) {
    Accounts accounts = context.getBean(Accounts.class);
    List<Made> made = new ArrayList<>();
    if (demo) {
      for (DemoAccount account : DEMO) {
        String password = Passwords.random();
        accounts.found(
            account.username(), account.title(), account.role(), account.region(), password, true);
        made.add(new Made(account.username(), account.title(), password));
      }
    } else if (accounts.none()) {
      String password = Passwords.random();
      accounts.found("admin", "系统管理员", Role.ADMINISTRATOR, "36", password, false);
      made.add(new Made("admin", "系统管理员", password));
    }
    return made;
  }
}
