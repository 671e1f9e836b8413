/** Somebody who works through the API: sets the stage for what a person then does and sees in the browser. */
import { createHash } from 'node:crypto';

export class Operator {
  #server;
  #token;

  get token() {
    return this.#token;
  }

  static async signIn(server) {
    const operator = new Operator();
    operator.#server = server;
    const password = createHash('sha256').update(server.password).digest('hex');
    const answer = await operator.#post('/auth/login', { password });
    operator.#token = answer.access_token;
    return operator;
  }

  /** Answers the data; what goes wrong on a stage is an error, not a finding. */
  async ask(query, variables = {}) {
    const { data, errors } = await this.#post('/graphql', { query, variables });
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  createDefinition = (input) => this.#give('createDefinition', 'CreateDefinitionInput', input, 'definition { revision }');
  updateDefinition = (input) => this.#give('updateDefinition', 'UpdateDefinitionInput', input, 'definition { revision }');
  publish = (input) => this.#give('publishDefinition', 'PublishDefinitionInput', input, 'definition { currentVersion }');
  start = (input) => this.#give('startInstance', 'StartInstanceInput', input, 'instance { key }');
  stop = (input) => this.#give('stopInstance', 'StopInstanceInput', input, 'instance { key }');
  stopMany = (input) => this.#give('stopInstances', 'StopInstancesInput', input, 'results { key stopped }');

  async #give(mutation, type, input, answer) {
    const query = `mutation Give($input: ${type}!) { ${mutation}(input: $input) { position ${answer} userErrors { code message } } }`;
    const { [mutation]: payload } = await this.ask(query, { input });
    if (payload.userErrors.length > 0) throw new Error(`${mutation}: ${JSON.stringify(payload.userErrors)}`);
    return payload;
  }

  async #post(path, body) {
    const authorization = this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
    const response = await fetch(this.#server.baseUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }
}
