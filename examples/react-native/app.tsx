import { useEffect, useSyncExternalStore } from 'react';
import { FlatList, Pressable, StyleSheet, Text, TextInput, View } from 'react-native';
import { chat } from './chat';

export function App() {
  const { items, draft, phase, problem, connection } = useSyncExternalStore(chat.subscribe, () => chat.state);
  useEffect(() => void chat.resume(), []);

  return (
    <View style={styles.screen}>
      <Text>{connection}</Text>
      <FlatList
        accessibilityLabel="Messages"
        data={items}
        keyExtractor={({ key }) => key}
        renderItem={({ item }) => (
          <Text>
            {item.kind === 'message'
              ? `${item.author}: ${item.body} (${item.status})`
              : `${item.notice} ${item.name}`}
          </Text>
        )}
      />
      {problem && <Text role="alert">{problem.code}</Text>}
      {phase === 'ended' ? (
        <Pressable role="button" onPress={() => chat.startOver()}>
          <Text>Start a new chat</Text>
        </Pressable>
      ) : (
        <View style={styles.composer}>
          <TextInput
            style={styles.input}
            accessibilityLabel="Message"
            value={draft}
            onChangeText={(text) => chat.draft(text)}
          />
          <Pressable role="button" onPress={() => void chat.send(draft)}>
            <Text>Send</Text>
          </Pressable>
        </View>
      )}
      <Pressable role="button" onPress={() => chat.forget()}>
        <Text>Forget me</Text>
      </Pressable>
    </View>
  );
}

const styles = StyleSheet.create({
  screen: { flex: 1, padding: 24, gap: 12 },
  composer: { flexDirection: 'row', gap: 12 },
  input: { flex: 1, borderWidth: 1, padding: 8 },
});
