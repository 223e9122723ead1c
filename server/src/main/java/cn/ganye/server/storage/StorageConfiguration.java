package cn.ganye.server.storage;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** The pool of connections, and transactions over it. */
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement
class StorageConfiguration {
  private static final int CONNECTIONS = 16;
  private static final long WAIT_MILLIS = 3_000;

  @Bean(destroyMethod = "close")
  HikariDataSource dataSource(Connections connections) {
    HikariDataSource source = new HikariDataSource();
    source.setJdbcUrl(connections.url());
    source.setUsername(connections.user());
    source.setPassword(connections.password());
    source.setMaximumPoolSize(CONNECTIONS);
    source.setConnectionTimeout(WAIT_MILLIS);
    source.setPoolName("database");
    return source;
  }

  @Bean
  PlatformTransactionManager transactionManager(DataSource source) {
    return new ScopedTransactions(source);
  }

  @Bean
  TransactionTemplate transactions(PlatformTransactionManager manager) {
    return new TransactionTemplate(manager);
  }
}
