package cn.ganye.server.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions whose first statement says in whose scope they run. The settings are local to the
 * transaction: a pooled connection comes back without them.
 */
final class ScopedTransactions extends JdbcTransactionManager {
  private static final long serialVersionUID = 1;

  private static final String SET =
      "SELECT set_config('ganye.account', ?, true), set_config('ganye.role', ?, true), set_config('ganye.region', ?, true)";

  private final transient DataSource source;

  ScopedTransactions(DataSource source) {
    super(source);
    this.source = source;
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    super.doBegin(transaction, definition);
    @Nullable Object holder = TransactionSynchronizationManager.getResource(source);
    if (!(holder instanceof ConnectionHolder held)) {
      throw new CannotCreateTransactionException("the transaction has no connection");
    }
    Scope scope = Scope.current().orElse(new Scope("", "", ""));
    Connection connection = held.getConnection();
    try (PreparedStatement statement = connection.prepareStatement(SET)) {
      statement.setString(1, scope.account());
      statement.setString(2, scope.role());
      statement.setString(3, scope.region());
      statement.execute();
    } catch (SQLException e) {
      doCleanupAfterCompletion(transaction);
      throw new CannotCreateTransactionException("setting the scope", e);
    }
  }
}
