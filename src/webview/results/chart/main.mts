import { base64Of, chartPicture } from '../../shared/charts/chartPicture.mjs';
import { drawChart } from '../../shared/charts/vegaChart.mjs';

window.openwebuiSyncCharts = {
  draw: async (host, chart) => {
    const drawn = await drawChart(host, chart);
    return () => drawn.finalize();
  },
  picture: async ({ title, ...chart }, width, format) =>
    base64Of(await chartPicture({ ...chart, title, description: '' }, chart.rows, width, format)),
};
